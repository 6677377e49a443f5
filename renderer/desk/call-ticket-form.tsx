/** Why this number and not the next one: the day's report says it. */
import { OutOfOrderReason } from '#contract/events.ts'
import { refOf } from '#renderer/desk/acts.ts'
import { ReasonChoice } from '#renderer/desk/reason-choice.tsx'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'

export function CallTicketForm({ desk, about }: DeskFormProps) {
  const text = useText()
  return (
    <ReasonChoice
      lead={text('callTicket.words')}
      reasons={OutOfOrderReason.options.map((reason) => ({ reason, label: text(`outOfOrder.${reason}`) }))}
      onChoose={(reason) => about && void desk.send('queue.callTicket', { ...refOf(about), reason })}
    />
  )
}
