/** How the service ended. Enter again takes the usual outcome. */
import { useRef, useState } from 'react'
import { TypedPaymentReference } from '#contract/desk-api.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { Outcome } from '#domain/events.ts'
import { looksLikeNik } from '#domain/nik.ts'
import { refOf } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

const WRONG = { shape: 'complete.paymentWrong', nik: 'complete.paymentIsNik' } as const
const OUTCOMES: readonly Outcome[] = ['delivered', 'rejected', 'incomplete']

type Current = NonNullable<DeskSnapshot['current']>
type OnChoose = (outcome: Outcome, paymentReference: string | null) => void

export function CompleteForm({ desk }: DeskFormProps) {
  const { current } = desk.snapshot
  if (!current) return null
  const choose: OnChoose = (outcome, paymentReference) =>
    void desk.send('queue.complete', { ...refOf(current), outcome, paymentReference })
  return <OutcomeForm current={current} onChoose={choose} />
}

function OutcomeForm({ current, onChoose }: { current: Current; onChoose: OnChoose }) {
  const text = useText()
  const service = useCatalogue()?.services.find(({ id }) => id === current.serviceId)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<'shape' | 'nik' | null>(null)
  /** The number itself, when somebody said that it is none of a person. */
  const [meant, setMeant] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)

  const choose = (outcome: Outcome) => {
    const reference = typed.trim() === '' ? null : TypedPaymentReference.safeParse(typed)
    if (reference?.success === false) setWrong('shape')
    else if (looksLikeNik(typed) && typed !== meant) setWrong('nik')
    else onChoose(outcome, reference?.data ?? null)
  }
  const asksPayment = service !== undefined && service.tariffRupiah > 0
  // A service cannot be ended twice: the digits of a payment, typed or scanned, must not choose how it ended.
  useShortcuts(
    Object.fromEntries(OUTCOMES.map((outcome, index) => [String(index + 1), () => choose(outcome)])),
    !asksPayment,
  )

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        choose('delivered')
      }}
    >
      {asksPayment && (
        <div>
          <Field
            ref={field}
            label={text('complete.payment')}
            hint={text('complete.paymentHint')}
            error={wrong ? text(WRONG[wrong]) : undefined}
            value={typed}
            onChange={(value) => {
              setTyped(value)
              setWrong(null)
            }}
            maxLength={30}
            autoFocus
          />
          {wrong === 'nik' && (
            <Button
              look="quiet"
              size="small"
              onClick={() => {
                setMeant(typed)
                setWrong(null)
                field.current?.focus()
              }}
            >
              {text('complete.paymentMeant')}
            </Button>
          )}
        </div>
      )}
      <div className={classes.choices}>
        {OUTCOMES.map((outcome, index) => (
          <Button
            key={outcome}
            look={index === 0 ? 'primary' : 'secondary'}
            size="large"
            {...(!asksPayment && { shortcut: String(index + 1), autoFocus: index === 0 })}
            onClick={() => choose(outcome)}
          >
            {text(`outcome.${outcome}`)}
          </Button>
        ))}
      </div>
      <p className={classes.hint}>{text('complete.hint')}</p>
    </form>
  )
}
