/** Minutes waited, coloured against the service's published time; a sign and a word say the same without colour. */
import { VisuallyHidden } from '@mantine/core'
import { waitingTone } from '#domain/service-standard.ts'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/queue/waiting-time.module.css'
import { useClock } from '#renderer/state/context.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

export function WaitingTime({ since, standardMinutes }: { since: number; standardMinutes: number | null }) {
  const text = useText()
  const minutes = useClock((now) => Math.max(0, Math.floor((now - since) / 60_000)))
  const tone = standardMinutes === null ? 'calm' : waitingTone(minutes * 60_000, standardMinutes)
  return (
    <span className={classes.time} data-tone={tone}>
      {tone !== 'calm' && <Icon name={tone === 'over' ? 'alert' : 'clock'} size={16} />}
      {minutes < 60
        ? text('waiting.minutes', { minutes })
        : text('waiting.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}
      {tone !== 'calm' && <VisuallyHidden component="span">{text(`waiting.${tone}`)}</VisuallyHidden>}
    </span>
  )
}
