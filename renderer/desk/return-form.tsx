/** Back to the queue: in the old place, for who was called by mistake; or at the end, for who is not ready. */
import { refOf } from '#renderer/desk/acts.ts'
import { ReasonChoice } from '#renderer/desk/reason-choice.tsx'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'

const PLACES = ['place', 'end'] as const

export function ReturnForm({ desk, about }: DeskFormProps) {
  const text = useText()
  return (
    <ReasonChoice
      lead={text('return.words')}
      reasons={PLACES.map((to) => ({ reason: to, label: text(`returnTo.${to}`) }))}
      onChoose={(to) => about && void desk.send('queue.returnToQueue', { ...refOf(about), to })}
    />
  )
}
