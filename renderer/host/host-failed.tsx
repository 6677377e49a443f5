/** The engine cannot start: what happened, what to do, the code and where the log is. It is tried again by itself. */
import { useState } from 'react'
import type { HostStatus } from '#contract/messages.ts'
import { Preferences } from '#renderer/app/preferences.tsx'
import classes from '#renderer/host/host.module.css'
import { useExplain } from '#renderer/i18n/explain.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClient, useClock } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type Failed = Extract<HostStatus, { state: 'failed' }>

/** Mount it anew for every attempt: its countdown starts with it. */
export function HostFailed({ failure }: { failure: Failed }) {
  const text = useText()
  const client = useClient()
  const { happened, todo } = useExplain()(failure.code)
  return (
    <main className={classes.center}>
      <section className={classes.failed}>
        <span className={classes.sign}>
          <Icon name="alert" size={40} />
        </span>
        <h1 className={classes.title}>{text('host.failed')}</h1>
        <p className={classes.lead}>
          <strong>{happened}</strong> {todo}
        </p>
        {!failure.code.startsWith('STORE_') && <p>{text('host.safe')}</p>}
        <dl className={classes.facts}>
          <dt>{text('host.code')}</dt>
          <dd>{failure.code}</dd>
          {failure.logPath && (
            <>
              <dt>{text('host.log')}</dt>
              <dd>{failure.logPath}</dd>
            </>
          )}
        </dl>
        <div className={classes.actions}>
          <Button
            look="primary"
            size="large"
            icon="repeat"
            autoFocus
            onClick={() => void client.invoke('shell.retryHost', {})}
          >
            {text('host.retry')}
          </Button>
          <Countdown inMs={failure.retryInMs} attempt={failure.attempt} />
        </div>
        <div className={classes.actions}>
          <Preferences />
        </div>
      </section>
    </main>
  )
}

function Countdown({ inMs, attempt }: { inMs: number; attempt: number }) {
  const text = useText()
  const [deadline] = useState(() => performance.now() + inMs)
  const seconds = useClock(() => Math.max(0, Math.ceil((deadline - performance.now()) / 1000)))
  return <p className={classes.countdown}>{text('host.retryIn', { seconds, attempt })}</p>
}
