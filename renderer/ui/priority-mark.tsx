import type { PriorityGroup } from '#domain/events.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import classes from '#renderer/ui/priority-mark.module.css'

export function PriorityMark({ group, small }: { group: PriorityGroup; small?: boolean }) {
  const text = useText()
  const words = text(`priority.${group}`)
  return (
    <span className={classes.mark} data-small={small || undefined} title={words}>
      <Icon name="star" size={small ? 14 : 20} />
      <span className={classes.words}>{words}</span>
    </span>
  )
}
