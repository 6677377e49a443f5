import type { HostStatus } from '#contract/messages.ts'
import classes from '#renderer/host/host.module.css'
import { useText } from '#renderer/i18n/text.tsx'

export function Starting({ status }: { status: HostStatus | null }) {
  const text = useText()
  return (
    <main className={classes.center}>
      <p className={classes.starting} role="status">
        <span className={classes.pulse} aria-hidden="true" />
        {text(status?.state === 'restarting' ? 'host.restarting' : 'host.starting')}
      </p>
    </main>
  )
}
