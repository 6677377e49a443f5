/** How the service ended. Enter again takes the usual outcome. */
import { useRef, useState } from 'react'
import { TypedPaymentReference } from '#contract/methods/queue.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { Delivered } from '#domain/delivered.ts'
import type { Outcome } from '#domain/events.ts'
import { looksLikeNik } from '#domain/nik.ts'
import { refOf } from '#renderer/desk/acts.ts'
import { DeliveredFields } from '#renderer/desk/delivered-fields.tsx'
import { type DeliveredFault, type DeliveredLine, emptyLine, readLines } from '#renderer/desk/delivered-lines.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useSameKey } from '#renderer/desk/use-same-key.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Field } from '#renderer/ui/field.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

const WRONG = { shape: 'complete.paymentWrong', nik: 'complete.paymentIsNik' } as const
const OUTCOMES: readonly Outcome[] = ['delivered', 'rejected', 'incomplete']

type Current = NonNullable<DeskSnapshot['current']>
type Ending = { outcome: Outcome; paymentReference: string | null; delivered: Delivered[] | null }
type OnChoose = (ending: Ending) => void

export function CompleteForm({ desk }: DeskFormProps) {
  const { current } = desk.snapshot
  if (!current) return null
  const choose: OnChoose = (ending) => void desk.send('queue.complete', { ...refOf(current), ...ending })
  return <OutcomeForm current={current} onChoose={choose} />
}

function OutcomeForm({ current, onChoose }: { current: Current; onChoose: OnChoose }) {
  const text = useText()
  const services = useCatalogue()?.services ?? []
  const service = services.find(({ id }) => id === current.serviceId)
  const asksDelivered = service?.asksDelivered ?? false
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<'shape' | 'nik' | null>(null)
  /** The number itself, when somebody said that it is none of a person. */
  const [meant, setMeant] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  /** Null: nobody wants to say more than that it was delivered. */
  const [lines, setLines] = useState<DeliveredLine[] | null>(asksDelivered ? [emptyLine(current.serviceId)] : null)
  const [wrongLines, setWrongLines] = useState<DeliveredFault | null>(null)

  const choose = (outcome: Outcome) => {
    const reference = typed.trim() === '' ? null : TypedPaymentReference.safeParse(typed)
    if (reference?.success === false) setWrong('shape')
    else if (looksLikeNik(typed) && typed !== meant) setWrong('nik')
    else end(outcome, reference?.data ?? null)
  }
  const end = (outcome: Outcome, paymentReference: string | null) => {
    const said = outcome === 'delivered' && lines ? readLines(lines) : null
    if (said && 'fault' in said) setWrongLines(said.fault)
    else onChoose({ outcome, paymentReference, delivered: said?.delivered ?? null })
  }
  const named = new Set([current.serviceId, ...(lines ?? []).map(({ serviceId }) => serviceId)])
  const asksPayment = services.some(({ id, tariffRupiah }) => named.has(id) && tariffRupiah > 0)
  const takesDigits = !asksPayment && lines === null
  // A service cannot be ended twice: the digits of a payment, typed or scanned, must not choose how it ended.
  useShortcuts(
    Object.fromEntries(OUTCOMES.map((outcome, index) => [String(index + 1), () => choose(outcome)])),
    takesDigits,
  )
  // Enter says that there is no number yet; the key that asked, pressed twice out of habit, does not.
  const lacksPayment = asksPayment && typed.trim() === ''
  const sameKey = useSameKey('complete', () => (lacksPayment ? field.current?.focus() : choose('delivered')))

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        choose('delivered')
      }}
    >
      {service && (
        <DeliveredFields
          own={service}
          services={services.filter(({ agencyId }) => agencyId === service.agencyId)}
          lines={lines}
          fault={wrongLines}
          autoFocus={asksDelivered}
          onChange={(next) => {
            setLines(next)
            setWrongLines(null)
          }}
        />
      )}
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
            autoFocus={!asksDelivered}
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
      <div className={classes.choices} data-beside={lines ? true : undefined}>
        {OUTCOMES.map((outcome, index) => (
          <Button
            key={outcome}
            look={index === 0 ? 'primary' : 'secondary'}
            size="large"
            {...(takesDigits && { shortcut: String(index + 1), autoFocus: index === 0 })}
            onClick={() => choose(outcome)}
          >
            {text(`outcome.${outcome}`)}
          </Button>
        ))}
      </div>
      <p className={classes.hint}>
        {lacksPayment ? text('complete.hintEmpty') : text('complete.hint', { key: sameKey ?? '' })}
      </p>
    </form>
  )
}
