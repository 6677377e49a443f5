/** To the next desk with the same number: the journey's next step, or any other service or counter of the mall. */
import { useState } from 'react'
import { refOf } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { NextStep } from '#renderer/desk/next-step.ts'
import { TransferForm } from '#renderer/desk/transfer-form.tsx'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Field } from '#renderer/ui/field.tsx'

type OnForward = (toServiceId: string, handsOver: string | null) => void

export function ForwardForm({ desk }: DeskFormProps) {
  const { current } = desk.snapshot
  const { nextStep } = desk
  const [elsewhere, setElsewhere] = useState(nextStep === null)
  if (!current) return null
  if (!nextStep || elsewhere) return <TransferForm desk={desk} current={current} />
  const forward: OnForward = (toServiceId, handsOver) =>
    void desk.send('queue.forward', { ...refOf(current), toServiceId, handsOver })
  return <NextStepForm step={nextStep} onForward={forward} onElsewhere={() => setElsewhere(true)} />
}

type NextStepFormProps = { step: NextStep; onForward: OnForward; onElsewhere: () => void }

function NextStepForm({ step, onForward, onElsewhere }: NextStepFormProps) {
  const text = useText()
  const mallText = useMallText()
  const [handsOver, setHandsOver] = useState('')
  const { service } = step
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onForward(service.id, handsOver.trim() || null)
      }}
    >
      <div className={classes.destination}>
        <p className={classes.hint}>{text('forward.nextStep')}</p>
        <p className={classes.destinationName}>{mallText(service.name)}</p>
        <p>{text('service.where', { agency: service.agencyName, counters: service.counterNames.join(', ') })}</p>
      </div>
      {step.handsOver && (
        <Field
          label={mallText(step.handsOver.label)}
          hint={text('forward.handsOverHint')}
          value={handsOver}
          onChange={setHandsOver}
          maxLength={100}
          autoFocus
        />
      )}
      <div className={classes.row}>
        <Button type="submit" look="primary" size="large" icon="arrowRight" autoFocus={!step.handsOver}>
          {text('forward.confirm')}
        </Button>
        <Button look="quiet" size="large" onClick={onElsewhere}>
          {text('forward.elsewhere')}
        </Button>
      </div>
    </form>
  )
}
