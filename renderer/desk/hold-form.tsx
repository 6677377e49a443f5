/** Why the visitor steps aside: the desk is free for the next one meanwhile. */
import { HoldReason } from '#contract/events.ts'
import { refOf } from '#renderer/desk/acts.ts'
import { ReasonChoice } from '#renderer/desk/reason-choice.tsx'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'

export function HoldForm({ desk, about }: DeskFormProps) {
  const text = useText()
  return (
    <ReasonChoice
      lead={text('hold.words')}
      reasons={HoldReason.options.map((reason) => ({ reason, label: text(`holdReason.${reason}`) }))}
      onChoose={(reason) => about && void desk.send('queue.hold', { ...refOf(about), reason })}
    />
  )
}
