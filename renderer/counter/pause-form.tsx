/** Istirahat: why, and when the officer means to be back. One digit starts it. */
import { useState } from 'react'
import { PauseReason } from '#contract/events.ts'
import { dayOf } from '#domain/business-date.ts'
import classes from '#renderer/counter/forms.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCatalogue, useHostClock } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

type Reason = (typeof PauseReason.options)[number]

const MINUTES = [5, 10, 15, 30] as const
const USUAL_MINUTES = 15
const MINUTE = 60_000

export function PauseForm({ desk }: DeskFormProps) {
  const text = useText()
  const clock = useHostClock()
  const zone = useCatalogue()?.timeZone ?? 'Asia/Jakarta'
  const [reason, setReason] = useState<Reason>('break')
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)

  const pause = (backAt: number | null) => void start(backAt)
  const start = async (backAt: number | null) => {
    if (await desk.command.run('counter.pause', { reason, backAt })) desk.closeDialog()
  }
  const forMinutes = (minutes: number) => pause(clock.now() + minutes * MINUTE)
  const untilTyped = () => {
    const backAt = momentOf(typed, clock.now(), zone)
    if (backAt === null || backAt <= clock.now()) setWrong(true)
    else pause(backAt)
  }
  useShortcuts(
    Object.fromEntries(MINUTES.map((minutes, index) => [String(index + 1), () => forMinutes(minutes)])),
    true,
  )

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        untilTyped()
      }}
    >
      <ChoiceGroup<Reason>
        legend={text('pause.why')}
        options={PauseReason.options.map((value) => ({ value, label: text(`pauseReason.${value}`) }))}
        value={reason}
        onChange={(value) => value && setReason(value)}
      />
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{text('pause.back')}</legend>
        <div className={classes.minutes}>
          {MINUTES.map((minutes, index) => (
            <Button
              key={minutes}
              size="large"
              shortcut={String(index + 1)}
              {...(minutes === USUAL_MINUTES && { autoFocus: true })}
              busy={desk.command.busy}
              onClick={() => forMinutes(minutes)}
            >
              {text('pause.minutes', { minutes })}
            </Button>
          ))}
        </div>
      </fieldset>
      <div className={classes.line}>
        <Field
          label={text('pause.clock')}
          hint={text('pause.clockHint')}
          error={isWrong ? text('pause.clockWrong') : undefined}
          value={typed}
          onChange={(value) => {
            setTyped(value)
            setWrong(false)
          }}
          maxLength={5}
        />
        <Button type="submit" size="large" busy={desk.command.busy}>
          {text('pause.untilThen')}
        </Button>
      </div>
      <div className={classes.row}>
        <Button busy={desk.command.busy} onClick={() => pause(null)}>
          {text('pause.openEnd')}
        </Button>
      </div>
      {desk.command.failure && <FailureNotice failure={desk.command.failure} />}
    </form>
  )
}

/** Today at that time in the mall: "13.00", "13:00" or "1300"; null when it is no time. */
function momentOf(typed: string, now: number, timeZone: string): number | null {
  const found = /^([01]?\d|2[0-3])[.:]?([0-5]\d)$/.exec(typed.trim())
  if (!found) return null
  return dayOf(now, timeZone).begin + (Number(found[1]) * 60 + Number(found[2])) * MINUTE
}
