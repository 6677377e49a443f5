/** Who is at the desk and for how long, or who would be called next. */
import { VisuallyHidden } from '@mantine/core'
import type { CSSProperties } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { PriorityGroup } from '#domain/events.ts'
import { servingTone } from '#domain/service-standard.ts'
import classes from '#renderer/bar/bar-now.module.css'
import { nextToCall } from '#renderer/desk/acts.ts'
import { stopwatch, useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { WaitingTime } from '#renderer/queue/waiting-time.tsx'
import { useCatalogue, useClock } from '#renderer/state/context.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type BarNowProps = { snapshot: DeskSnapshot; isAway: boolean; newcomer: string | null }

export function BarNow({ snapshot, isAway, newcomer }: BarNowProps) {
  const text = useText()
  const { current, open, pause, waiting } = snapshot
  const next = nextToCall(snapshot)
  const away = isAway ? text('bar.restarting') : null
  if (current) return <AtDesk current={current} away={away} />
  if (!open) return <Words title={text('desk.closed')} words={away ?? text('bar.closedTodo')} />
  if (pause) return <Paused pause={pause} away={away} />
  if (next) return <Next row={next} away={away} isNew={newcomer !== null} />
  if (waiting.length > 0) return <Words title={text('desk.offlineEmpty')} words={away ?? text('bar.offlineEmpty')} />
  return <Words title={text('desk.empty')} words={away ?? ''} />
}

function AtDesk({ current, away }: { current: NonNullable<DeskSnapshot['current']>; away: string | null }) {
  const text = useText()
  const service = useCatalogue()?.services.find(({ id }) => id === current.serviceId)
  const words = away ?? text(`bar.${current.status}`, { calls: current.calls })
  const priority = current.priority && <Priority group={current.priority} />
  // How often somebody was called takes the first line, hours the second.
  const isServed = current.status === 'serving'
  return (
    <div className={classes.now}>
      <p className={classes.number} style={{ '--chars': current.label.length } as CSSProperties}>
        {current.label}
      </p>
      <div className={classes.facts}>
        <p className={classes.status} data-status={current.status}>
          {isServed && priority}
          <span className={classes.cut} title={words}>
            {words}
          </span>
        </p>
        <div className={classes.time}>
          <Stopwatch current={current} standardMinutes={service?.standardMinutes ?? null} />
          {!isServed && priority}
        </div>
      </div>
    </div>
  )
}

/** While the bar is locked whoever walks by may look: no more than number and stopwatch. */
export function LockedNow({ current, isAway }: { current: DeskSnapshot['current']; isAway: boolean }) {
  const text = useText()
  return (
    <div className={classes.now}>
      {current && (
        <p className={classes.number} style={{ '--chars': current.label.length } as CSSProperties}>
          {current.label}
        </p>
      )}
      <div className={classes.facts}>
        <p className={classes.locked} role="status">
          <Icon name="lock" size={18} />
          {text('lock.title')}
        </p>
        {isAway ? (
          <p className={classes.hint} role="status" title={text('bar.restarting')}>
            {text('bar.restarting')}
          </p>
        ) : (
          current && <Stopwatch current={current} standardMinutes={null} />
        )}
      </div>
    </div>
  )
}

type StopwatchProps = { current: NonNullable<DeskSnapshot['current']>; standardMinutes: number | null }

function Stopwatch({ current, standardMinutes }: StopwatchProps) {
  const text = useText()
  const since = current.servingAt ?? current.calledAt
  const seconds = useClock((now) => Math.max(0, Math.floor((now - since) / 1000)))
  const hasStandard = current.servingAt !== null && standardMinutes !== null
  const tone = hasStandard ? servingTone(seconds * 1000, standardMinutes) : 'calm'
  return (
    <p
      className={classes.clock}
      data-tone={tone}
      title={hasStandard ? text(`serving.${tone}`, { minutes: standardMinutes }) : undefined}
    >
      {tone !== 'calm' && <Icon name={tone === 'over' ? 'alert' : 'clock'} size={16} />}
      <span role="timer">{stopwatch(seconds)}</span>
      {hasStandard && (
        <>
          <span className={classes.standard}>{text('bar.standard', { minutes: standardMinutes })}</span>
          {tone !== 'calm' && (
            <VisuallyHidden component="span">{text(`serving.${tone}`, { minutes: standardMinutes })}</VisuallyHidden>
          )}
        </>
      )}
    </p>
  )
}

type NextProps = { row: DeskSnapshot['waiting'][number]; away: string | null; isNew: boolean }

function Next({ row, away, isNew }: NextProps) {
  const text = useText()
  const service = useCatalogue()?.services.find(({ id }) => id === row.serviceId)
  const words = away ?? text(isNew ? 'bar.new' : 'desk.next')
  return (
    <div className={classes.now}>
      <p className={classes.number} style={{ '--chars': row.label.length } as CSSProperties}>
        {row.label}
      </p>
      <div className={classes.facts}>
        <p className={classes.status}>
          <span className={classes.cut} title={words}>
            {words}
          </span>
        </p>
        <p className={classes.waited}>
          <VisuallyHidden component="span">{text('desk.waited')}</VisuallyHidden>
          <WaitingTime since={row.waitingSince} standardMinutes={service?.standardMinutes ?? null} />
          {row.priority && <Priority group={row.priority} />}
        </p>
      </div>
    </div>
  )
}

function Paused({ pause, away }: { pause: NonNullable<DeskSnapshot['pause']>; away: string | null }) {
  const text = useText()
  const { time } = useMallTime()
  const isOver = useClock((now) => pause.backAt !== null && now >= pause.backAt)
  const back =
    pause.backAt === null ? '' : text(isOver ? 'bar.backOverdue' : 'bar.backAt', { time: time(pause.backAt) })
  return <Words title={text(`pauseReason.${pause.reason}`)} words={away ?? back} isUrgent={isOver} />
}

function Words({ title, words, isUrgent = false }: { title: string; words: string; isUrgent?: boolean }) {
  return (
    <div className={classes.now}>
      <div className={classes.facts}>
        <p className={classes.title} title={title}>
          {title}
        </p>
        {words && (
          <p className={classes.hint} title={words} data-urgent={isUrgent || undefined}>
            {words}
          </p>
        )}
      </div>
    </div>
  )
}

/** The star that such rows have everywhere; which group it is, is read by pointing. */
function Priority({ group }: { group: PriorityGroup }) {
  const words = useText()(`priority.${group}`)
  return (
    <span className={classes.priority} title={words}>
      <Icon name="star" size={16} />
      <VisuallyHidden component="span">{words}</VisuallyHidden>
    </span>
  )
}
