/** What needs the officer's eye besides the queue, one line each, worst first. */
import type { ReactNode } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { useDevicesDoor } from '#renderer/app/devices-door.tsx'
import classes from '#renderer/app/notices.module.css'
import { PrintNotices } from '#renderer/app/print-notices.tsx'
import { useExplain } from '#renderer/i18n/explain.ts'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Notice, type NoticeTone } from '#renderer/ui/notice.tsx'

export function Notices({ snapshot }: { snapshot: DeskSnapshot }) {
  const text = useText()
  const openDevices = useDevicesDoor()
  const { storeProblem, connection, led, printer, voice } = snapshot
  return (
    <div className={classes.notices}>
      {storeProblem && <Explained tone="over" code={storeProblem} />}
      <PrintNotices attention={snapshot.printAttention} />
      {snapshot.conflicts.length > 0 && <Conflicts conflicts={snapshot.conflicts} />}
      {snapshot.pcClockMinutes !== 0 && (
        <Notice
          tone="near"
          title={text('pcClock.title', {
            ...{ minutes: Math.abs(snapshot.pcClockMinutes) },
            direction: snapshot.pcClockMinutes > 0 ? 'ahead' : 'behind',
          })}
        >
          {text('pcClock.todo')}
        </Notice>
      )}
      {/* A lost network heals by itself and the badge says it; these need a technician. */}
      {connection.state === 'offline' && connection.reason !== 'UNREACHABLE' && (
        <Explained tone="near" code={connection.reason} />
      )}
      {[led, printer, voice].map(
        ({ state, code, ...device }) =>
          code && (
            <Explained key={code} tone={state === 'failed' ? 'near' : 'info'} code={code} {...device}>
              {openDevices && (
                <Button size="small" icon="tools" onClick={openDevices}>
                  {text('devices.look')}
                </Button>
              )}
            </Explained>
          ),
      )}
    </div>
  )
}

/** What this desk did and the mall counts otherwise. Nothing to do here; a supervisor sees the whole of it. */
function Conflicts({ conflicts }: Pick<DeskSnapshot, 'conflicts'>) {
  const text = useText()
  const { time } = useMallTime()
  return (
    <Notice tone="near" title={text('conflict.title', { count: conflicts.length })}>
      {conflicts
        .map(({ label, code, at }) =>
          text('conflict.row', { label: label ?? '-', time: time(at), what: text(`finding.${code}`) }),
        )
        .join('; ')}
    </Notice>
  )
}

type ExplainedProps = {
  tone: NoticeTone
  code: string
  detail?: string | null
  where?: string | null
  children?: ReactNode
}

/** `where` is which of the devices at this counter is meant. */
function Explained({ tone, code, detail, where, children }: ExplainedProps) {
  const text = useText()
  const { happened, todo } = useExplain()(code)
  return (
    <Notice tone={tone} title={happened} code={detail ? `${code}, ${detail}` : code} actions={children}>
      {where ? text('notice.where', { where, todo }) : todo}
    </Notice>
  )
}
