/** Time at the desk against the published standard. Only this ticks; the rest of the desk stays still. */
import type { CSSProperties } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { servingTone } from '#domain/service-standard.ts'
import classes from '#renderer/desk/current-entry.module.css'
import { stopwatch } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClock } from '#renderer/state/context.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type StopwatchProps = { current: NonNullable<DeskSnapshot['current']>; standardMinutes: number | null }

export function Stopwatch({ current, standardMinutes }: StopwatchProps) {
  const text = useText()
  const since = current.servingAt ?? current.calledAt
  const seconds = useClock((now) => Math.max(0, Math.floor((now - since) / 1000)))
  if (current.servingAt === null || standardMinutes === null) {
    return (
      <div className={classes.clock}>
        <span className={classes.time} role="timer">
          {stopwatch(seconds)}
        </span>
        <span className={classes.standard}>
          {current.servingAt === null ? text('desk.sinceCalled', { calls: current.calls }) : text('desk.sinceServing')}
        </span>
      </div>
    )
  }
  const tone = servingTone(seconds * 1000, standardMinutes)
  const share = Math.min(1, seconds / (standardMinutes * 60))
  return (
    <div className={classes.clock} data-tone={tone}>
      <span className={classes.time} role="timer">
        {stopwatch(seconds)}
      </span>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.bar} style={{ '--share': share } as CSSProperties} />
      </span>
      <span className={classes.standard}>
        {tone !== 'calm' && <Icon name={tone === 'over' ? 'alert' : 'clock'} size={18} />}
        {text(`serving.${tone}`, { minutes: standardMinutes })}
      </span>
    </div>
  )
}
