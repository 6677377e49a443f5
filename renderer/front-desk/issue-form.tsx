/** What the chosen service needs, and the choices that go with a number. */
import { type FormEvent, useState } from 'react'
import type { PriorityGroup } from '#domain/events.ts'
import classes from '#renderer/front-desk/front-desk.module.css'
import type { Issued } from '#renderer/front-desk/issued-number.tsx'
import { ServiceFacts, ServiceRequirements } from '#renderer/front-desk/service-facts.tsx'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import type { Service } from '#renderer/services/search.ts'
import { useCatalogue } from '#renderer/state/context.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

const GROUPS: readonly PriorityGroup[] = ['disability', 'elderly', 'pregnant', 'child', 'disaster_victim']

const ISSUE_KEY = 'F2'

export function IssueForm({ service, onIssued }: { service: Service; onIssued: (issued: Issued) => void }) {
  const text = useText()
  const mallText = useMallText()
  const catalogue = useCatalogue()
  const { run, busy, failure } = useCommand()
  const [priority, setPriority] = useState<PriorityGroup | null>(null)
  const [journeyId, setJourneyId] = useState<string | null>(null)
  const journeys = (catalogue?.journeys ?? []).filter(({ steps }) => steps[0]?.serviceId === service.id)

  const issue = async () => {
    const visit = await run('visit.issue', { serviceId: service.id, priority, journeyId })
    if (visit) onIssued({ ...visit, service })
  }
  useShortcuts({ [ISSUE_KEY]: () => void issue() }, true)

  return (
    <form
      className={classes.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void issue()
      }}
    >
      <ServiceFacts service={service} />
      {journeys.length > 0 && (
        <ChoiceGroup
          legend={text('front.journey')}
          options={[
            { value: null, label: text('front.justThis') },
            ...journeys.map(({ id, name, steps }) => ({
              value: id,
              label: text('front.journeyOption', { name: mallText(name), steps: steps.length }),
            })),
          ]}
          value={journeyId}
          onChange={setJourneyId}
        />
      )}
      <ChoiceGroup
        legend={text('front.priority')}
        options={[
          { value: null, label: text('front.noPriority') },
          ...GROUPS.map((group) => ({ value: group, label: text(`priority.${group}`) })),
        ]}
        value={priority}
        onChange={setPriority}
      />
      {/* The longest part comes last: where it must scroll, every choice is still in view. */}
      <ServiceRequirements service={service} />
      {failure && <FailureNotice failure={failure} />}
      <div className={classes.issue}>
        <Button type="submit" look="primary" size="huge" shortcut={ISSUE_KEY} busy={busy} autoFocus>
          {text('front.issue')}
        </Button>
      </div>
    </form>
  )
}
