/** To the next desk with the same number: the journey's next step, or any other service or counter of the mall. */
import { useRef, useState } from 'react'
import { refOf } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/dialogs.module.css'
import { IssueDate } from '#renderer/desk/issue-date.tsx'
import type { NextStep } from '#renderer/desk/next-step.ts'
import { TransferForm } from '#renderer/desk/transfer-form.tsx'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useToday } from '#renderer/i18n/format.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Field } from '#renderer/ui/field.tsx'

type Handed = { value: string; issuedOn: string | null }
type OnForward = (toServiceId: string, handed: Handed | null) => void

export function ForwardForm({ desk }: DeskFormProps) {
  const { current } = desk.snapshot
  const { nextStep } = desk
  const [elsewhere, setElsewhere] = useState(nextStep === null)
  if (!current) return null
  if (!nextStep || elsewhere) return <TransferForm desk={desk} current={current} />
  const forward: OnForward = (toServiceId, handed) =>
    void desk.send('queue.forward', {
      ...refOf(current),
      toServiceId,
      handsOver: handed?.value ?? null,
      handsOverDate: handed?.issuedOn ?? null,
    })
  return <NextStepForm step={nextStep} onForward={forward} onElsewhere={() => setElsewhere(true)} />
}

type NextStepFormProps = { step: NextStep; onForward: OnForward; onElsewhere: () => void }

function NextStepForm({ step, onForward, onElsewhere }: NextStepFormProps) {
  const text = useText()
  const mallText = useMallText()
  // Mostly this desk has just written it.
  const [typed, setTyped] = useState({ value: '', issuedOn: useToday() })
  const [isDateMissing, setDateMissing] = useState(false)
  const dateField = useRef<HTMLInputElement>(null)
  const { service, handsOver } = step
  const value = typed.value.trim()
  const asksDate = handsOver?.validDays != null

  const submit = () => {
    if (value === '') onForward(service.id, null)
    else if (asksDate && typed.issuedOn === '') {
      setDateMissing(true)
      dateField.current?.focus()
    } else onForward(service.id, { value, issuedOn: typed.issuedOn || null })
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className={classes.destination}>
        <p className={classes.hint}>{text('forward.nextStep')}</p>
        <p className={classes.destinationName}>{mallText(service.name)}</p>
        <p>{text('service.where', { agency: service.agencyName, counters: service.counterNames.join(', ') })}</p>
      </div>
      {handsOver && (
        <Field
          label={mallText(handsOver.label)}
          hint={text('forward.handsOverHint')}
          value={typed.value}
          onChange={(next) => setTyped({ ...typed, value: next })}
          maxLength={100}
          autoFocus
        />
      )}
      {handsOver?.validDays != null && (
        <IssueDate
          field={dateField}
          validDays={handsOver.validDays}
          value={typed.issuedOn}
          isMissing={isDateMissing && value !== ''}
          onChange={(issuedOn) => {
            setTyped({ ...typed, issuedOn })
            setDateMissing(false)
          }}
        />
      )}
      <div className={classes.row}>
        <Button type="submit" look="primary" size="large" icon="arrowRight" autoFocus={!handsOver}>
          {text('forward.confirm')}
        </Button>
        <Button look="quiet" size="large" onClick={onElsewhere}>
          {text('forward.elsewhere')}
        </Button>
      </div>
    </form>
  )
}
