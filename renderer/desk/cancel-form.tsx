/** Why a number ends without service. It is the last word on this number, so it says so. */
import { CancelReason } from '#contract/events.ts'
import { refOf } from '#renderer/desk/acts.ts'
import { ReasonChoice } from '#renderer/desk/reason-choice.tsx'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'

export function CancelForm({ desk, about }: DeskFormProps) {
  const text = useText()
  return (
    <ReasonChoice
      lead={text('cancel.words')}
      reasons={CancelReason.options.map((reason) => ({ reason, label: text(`cancelReason.${reason}`) }))}
      onChoose={(reason) => about && void desk.send('queue.cancel', { ...refOf(about), reason })}
    />
  )
}
