/** "Mengapa nomor ini?" in one sentence or two: what decided between the classes, then what decided within its own. */
import type { Why } from '#contract/snapshot.ts'
import classes from '#renderer/desk/why-line.module.css'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

export function WhyLine({ why }: { why: Why }) {
  const text = useText()
  const sentences = useSentences(why)
  return (
    <p className={classes.why}>
      <Icon name="info" size={18} />
      <span>
        <span className={classes.question}>{text('why.question')}</span> {sentences.join(' ')}
      </span>
    </p>
  )
}

function useSentences({ place, turn, outOfOrder, appointmentAt, regularPerPriority, ageingMinutes }: Why): string[] {
  const text = useText()
  const { time } = useMallTime()
  if (outOfOrder) return [text('why.outOfOrder', { reason: text(`outOfOrder.${outOfOrder}`) })]
  const within = text(`why.place.${place}`, { time: appointmentAt === null ? '' : time(appointmentAt) })
  return turn ? [text(`why.turn.${turn}`, { regular: regularPerPriority, minutes: ageingMinutes }), within] : [within]
}
