/** What became of the slip, and what can be done about it: paper is asked about, never guessed. */
import { useEffect, useRef } from 'react'
import type { FrontDeskView } from '#contract/snapshot.ts'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useExplain } from '#renderer/i18n/explain.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { focusGuarded } from '#renderer/ui/focus-guarded.ts'
import { Icon } from '#renderer/ui/icons.tsx'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'

type Slip = NonNullable<NonNullable<FrontDeskView['last']>['slip']>

/** Questions that somebody has to look at the printer for. */
const ASKS: ReadonlySet<Slip['state']> = new Set(['unknown', 'failed'])

export function SlipFollow({ slip }: { slip: Slip | null }) {
  const text = useText()
  const explain = useExplain()
  const { run, busy, failure } = useCommand()
  const settle = (cameOut: boolean) => void (slip && run('print.settle', { jobId: slip.jobId, cameOut }))
  const state = slip?.state ?? 'none'
  const box = useRef<HTMLDivElement>(null)
  const isOnTop = useIsOnTop()
  // Enter answers what is asked before it goes on to the next visitor; a field that somebody uses keeps the focus.
  useEffect(() => {
    if (state !== 'unknown' || !isOnTop || document.activeElement instanceof HTMLInputElement) return
    const answer = box.current?.querySelector('button')
    if (answer) focusGuarded(answer)
  }, [state, isOnTop])
  return (
    <div ref={box} className={classes.slip} data-asks={slip && ASKS.has(slip.state) ? true : undefined} role="status">
      <Icon name={state === 'printed' ? 'check' : 'printer'} size={22} />
      <p>
        {text(`slip.${state}`)} {state === 'waiting' && slip?.code && explain(slip.code).todo}
      </p>
      {state === 'unknown' && (
        <span className={classes.answers}>
          <Button size="small" look="primary" busy={busy} onClick={() => settle(true)}>
            {text('print.yes')}
          </Button>
          <Button size="small" busy={busy} onClick={() => settle(false)}>
            {text('print.copy')}
          </Button>
        </span>
      )}
      {state === 'failed' && (
        <span className={classes.answers}>
          <Button size="small" look="primary" busy={busy} onClick={() => settle(false)}>
            {text('print.again')}
          </Button>
          <Button size="small" busy={busy} onClick={() => settle(true)}>
            {text('slip.byHand')}
          </Button>
        </span>
      )}
      {(state === 'handed_over' || state === 'printed') && (
        <span className={classes.answers}>
          <Button size="small" look="quiet" busy={busy} onClick={() => settle(false)}>
            {text('print.copy')}
          </Button>
        </span>
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  )
}
