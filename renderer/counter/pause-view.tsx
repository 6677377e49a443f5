/** The counter pauses: why, since when, when somebody is back, and whether that has passed. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/counter/pause-view.module.css'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClock } from '#renderer/state/context.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type Pause = NonNullable<DeskSnapshot['pause']>

export function PauseView({ pause, waiting }: { pause: Pause; waiting: number }) {
  const text = useText()
  const { time } = useMallTime()
  const minutes = useClock((now) => Math.max(0, Math.floor((now - pause.since) / 60_000)))
  return (
    <div className={classes.pause}>
      <p className={classes.reason}>
        <Icon name="pause" size={28} />
        {text(`pauseReason.${pause.reason}`)}
      </p>
      <h2 className={classes.title}>{text('pause.title')}</h2>
      {pause.backAt !== null && <BackAt backAt={pause.backAt} />}
      <p className={classes.words}>{text('pause.since', { time: time(pause.since), minutes })}</p>
      <p className={classes.words}>{text(pause.scheduled ? 'pause.scheduled' : 'pause.shown', { count: waiting })}</p>
    </div>
  )
}

function BackAt({ backAt }: { backAt: number }) {
  const text = useText()
  const { time } = useMallTime()
  // Minutes that have begun: "1 minute" until it is over.
  const left = useClock((now) => Math.ceil((backAt - now) / 60_000))
  const isOver = useClock((now) => now >= backAt)
  return (
    <p className={classes.back} data-tone={isOver ? 'over' : undefined} role="status">
      {isOver && <Icon name="alert" size={24} />}
      {isOver
        ? text('pause.overdue', { time: time(backAt), minutes: Math.max(1, -left) })
        : text('pause.backAt', { time: time(backAt), minutes: left })}
    </p>
  )
}
