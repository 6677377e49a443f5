/** The engine is away for a moment: one line, the desk stays as it is. */
import classes from '#renderer/host/host.module.css'
import { useText } from '#renderer/i18n/text.tsx'

export function HostLine() {
  const text = useText()
  return (
    <p className={classes.line} role="status">
      <span className={classes.pulse} aria-hidden="true" />
      {text('host.restarting')}
    </p>
  )
}
