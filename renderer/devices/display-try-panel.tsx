/** What the display would show, the same on the real one, and the bytes of both. */
import { useState } from 'react'
import type { DisplayTry } from '#contract/methods/devices.ts'
import { useDevices } from '#renderer/devices/context.tsx'
import classes from '#renderer/devices/devices.module.css'
import { DisplayPreview } from '#renderer/devices/display-preview.tsx'
import { LastTry } from '#renderer/devices/last-try.tsx'
import { placeInDisplay } from '#renderer/devices/places.ts'
import { type DisplayDraft, displayProfile } from '#renderer/devices/profile-draft.ts'
import { Traffic } from '#renderer/devices/traffic.tsx'
import { useDriverText } from '#renderer/devices/use-driver-text.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useSnapshot } from '#renderer/state/context.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { CheckField } from '#renderer/ui/check-field.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { Field } from '#renderer/ui/field.tsx'

const KINDS = ['number', 'idle', 'paused', 'closed'] as const
type Kind = (typeof KINDS)[number]

export function DisplayTryPanel({ display }: { display: DisplayDraft }) {
  const text = useText()
  const driverText = useDriverText()
  const { drivers } = useDevices()
  const place = useSnapshot()?.place
  const trying = useCommand()
  const [kind, setKind] = useState<Kind>('number')
  const [label, setLabel] = useState('A-012')
  const [counter, setCounter] = useState(place?.name.slice(0, 20) ?? '1')
  const [blink, setBlink] = useState(true)
  const [outcome, setOutcome] = useState<React.ComponentProps<typeof LastTry>['outcome']>(null)
  const show: DisplayTry = kind === 'number' ? { kind, label, counterName: counter, blink } : { kind }
  const isComplete = kind !== 'number' || label.trim() !== ''
  const hasPlace = display.transport.kind === 'panel' || display.transport.path !== ''

  const driver = drivers.find(({ id }) => id === display.driver)
  const nameOf = (at: string) => placeInDisplay(at, driver, driverText)

  const send = async () => {
    setOutcome(null)
    setOutcome(await trying.run('devices.tryDisplay', { display: displayProfile(display), show }))
  }

  return (
    <div className={classes.card}>
      <DisplayPreview display={display} show={isComplete ? show : null} nameOf={nameOf} />
      <form
        className={classes.try}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (isComplete && hasPlace) void send()
        }}
      >
        <ChoiceGroup
          legend={text('try.what')}
          options={KINDS.map((one) => ({ value: one, label: text(`try.${one}`) }))}
          value={kind}
          onChange={(chosen) => setKind(chosen ?? 'number')}
        />
        {kind === 'number' && (
          <div className={classes.fields}>
            <Field
              label={text('try.label')}
              error={isComplete ? undefined : text('try.labelWrong')}
              value={label}
              maxLength={20}
              onChange={setLabel}
            />
            <Field label={text('try.counter')} value={counter} maxLength={20} onChange={setCounter} />
          </div>
        )}
        <div className={classes.row}>
          <Button type="submit" look="primary" icon="send" busy={trying.busy} disabled={!isComplete || !hasPlace}>
            {text(trying.busy ? 'try.sending' : 'try.send')}
          </Button>
          {kind === 'number' && <CheckField label={text('try.blink')} checked={blink} onChange={setBlink} />}
          {!hasPlace && <span className={classes.hint}>{text('try.noPort')}</span>}
        </div>
        <LastTry outcome={outcome} failure={trying.failure} done={text('try.sent')} nameOf={nameOf} />
      </form>
      <Disclosure title={text('traffic.title')} startsOpen>
        <Traffic />
      </Disclosure>
    </div>
  )
}
