/** What the chosen service needs, and the choices that go with a number. */
import { type FormEvent, useRef, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { PriorityGroup } from '#domain/events.ts'
import type { Booked } from '#renderer/front-desk/check-in.tsx'
import classes from '#renderer/front-desk/front-desk.module.css'
import type { Issued } from '#renderer/front-desk/issued-number.tsx'
import { MissingDialog } from '#renderer/front-desk/missing-dialog.tsx'
import { Outlook } from '#renderer/front-desk/outlook.tsx'
import { RequirementChecks } from '#renderer/front-desk/requirement-checks.tsx'
import { ServiceFacts } from '#renderer/front-desk/service-facts.tsx'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import type { Service } from '#renderer/services/search.ts'
import { useCatalogue } from '#renderer/state/context.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { focusGuarded } from '#renderer/ui/focus-guarded.ts'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

const GROUPS: readonly PriorityGroup[] = ['disability', 'elderly', 'pregnant', 'child', 'disaster_victim']

const ISSUE_KEY = 'F2'
const ALL_KEY = 'F4'
const PRINT_KEY = 'F6'

type IssueFormProps = {
  service: Service
  /** The visitor has booked. */
  booked: Booked | null
  snapshot: DeskSnapshot
  onIssued: (issued: Issued) => void
}

export function IssueForm({ service, booked, snapshot, onIssued }: IssueFormProps) {
  const text = useText()
  const mallText = useMallText()
  const catalogue = useCatalogue()
  const command = useCommand()
  const paper = useCommand()
  const issueButton = useRef<HTMLButtonElement>(null)
  const [priority, setPriority] = useState<PriorityGroup | null>(null)
  const [journeyId, setJourneyId] = useState<string | null>(null)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [isAsking, setAsking] = useState(false)
  const [isPrinted, setPrinted] = useState(false)
  const journeys = (catalogue?.journeys ?? []).filter(({ steps }) => steps[0]?.serviceId === service.id)
  const requirements = [...new Set(service.requirements)]
  const missing = requirements.filter((requirement) => !ticked.has(requirement))

  const issue = async (requirementsMet: boolean) => {
    setAsking(false)
    const asked = requirements.length > 0 ? { requirementsMet } : {}
    const booking = booked ? { appointmentCode: booked.code } : {}
    const input = { serviceId: service.id, priority, journeyId, ...asked, ...booking }
    const visit = await command.run('visit.issue', input)
    if (visit) onIssued({ ...visit, service })
  }
  const issueOrAsk = () => (missing.length === 0 ? void issue(true) : setAsking(true))
  const tickAll = () => {
    setTicked(new Set(requirements))
    if (issueButton.current) focusGuarded(issueButton.current)
  }
  const print = async () => {
    setAsking(false)
    setPrinted(false)
    setPrinted((await paper.run('print.requirements', { serviceId: service.id })) !== null)
  }
  const hasList = requirements.length > 0
  useShortcuts(
    { [ISSUE_KEY]: issueOrAsk, ...(hasList ? { [ALL_KEY]: tickAll, [PRINT_KEY]: () => void print() } : {}) },
    !isAsking,
  )

  return (
    <form
      className={classes.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        issueOrAsk()
      }}
    >
      <ServiceFacts service={service} />
      <Outlook
        snapshot={snapshot}
        serviceId={service.id}
        hasPriority={priority !== null}
        bookedAt={booked?.at ?? null}
      />
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
      <RequirementChecks
        requirements={requirements}
        ticked={ticked}
        onTick={(requirement, isThere) =>
          setTicked((before) => {
            const next = new Set(before)
            if (isThere) next.add(requirement)
            else next.delete(requirement)
            return next
          })
        }
      >
        <Button
          size="small"
          icon="check"
          shortcut={ALL_KEY}
          autoFocus
          aria-pressed={missing.length === 0}
          onClick={tickAll}
        >
          {text('front.allThere')}
        </Button>
        <Button
          size="small"
          icon="printer"
          shortcut={PRINT_KEY}
          busy={paper.busy}
          aria-label={text('front.printRequirements')}
          onClick={() => void print()}
        >
          {text('front.print')}
        </Button>
      </RequirementChecks>
      {/* With what was answered, which must not lie below what scrolls. */}
      <div className={classes.issue}>
        <p className={classes.hint} role="status">
          {isPrinted && text('front.requirementsSent')}
        </p>
        {command.failure && <FailureNotice failure={command.failure} />}
        {paper.failure && <FailureNotice failure={paper.failure} />}
        <Button
          ref={issueButton}
          type="submit"
          look={missing.length === 0 ? 'primary' : 'secondary'}
          size={missing.length === 0 ? 'huge' : 'large'}
          shortcut={ISSUE_KEY}
          busy={command.busy}
          autoFocus={!hasList}
        >
          {missing.length === 0 ? text('front.issue') : text('front.issueIncomplete')}
        </Button>
      </div>
      <MissingDialog
        open={isAsking}
        missing={missing}
        onClose={() => setAsking(false)}
        onPrint={() => void print()}
        onIssue={() => void issue(false)}
      />
    </form>
  )
}
