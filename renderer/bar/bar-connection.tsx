/** The truth about the line as a sign; how much is unsent stands beside it, the rest is read by pointing. */
import { VisuallyHidden } from '@mantine/core'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/bar/bar.module.css'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

export function BarConnection({ connection }: { connection: DeskSnapshot['connection'] }) {
  const text = useText()
  const { time } = useMallTime()
  const { state, unsent } = connection
  const words =
    connection.state === 'online'
      ? text('connection.online', { unsent })
      : text('connection.offline', { since: time(connection.since), unsent })
  return (
    <p className={classes.connection} data-state={state} title={words}>
      <Icon name={state === 'online' ? 'link' : 'linkOff'} size={18} />
      {unsent > 0 && <span aria-hidden="true">{unsent}</span>}
      <VisuallyHidden component="span">{words}</VisuallyHidden>
    </p>
  )
}
