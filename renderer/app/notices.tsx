/** What needs the officer's eye besides the queue, one line each, worst first. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/app/notices.module.css'
import { PrintNotices } from '#renderer/app/print-notices.tsx'
import { useExplain } from '#renderer/i18n/explain.ts'
import { Notice, type NoticeTone } from '#renderer/ui/notice.tsx'

export function Notices({ snapshot }: { snapshot: DeskSnapshot }) {
  const { storeProblem, connection, led, printer } = snapshot
  return (
    <div className={classes.notices}>
      {storeProblem && <Explained tone="over" code={storeProblem} />}
      <PrintNotices attention={snapshot.printAttention} />
      {/* A lost network heals by itself and the badge says it; these need a technician. */}
      {connection.state === 'offline' && connection.reason !== 'UNREACHABLE' && (
        <Explained tone="near" code={connection.reason} />
      )}
      {[led, printer].map(
        ({ state, code, detail }) =>
          state === 'failed' && code && <Explained key={code} tone="near" code={code} detail={detail} />,
      )}
    </div>
  )
}

function Explained({ tone, code, detail }: { tone: NoticeTone; code: string; detail?: string | null }) {
  const { happened, todo } = useExplain()(code)
  return (
    <Notice tone={tone} title={happened} code={detail ? `${code}, ${detail}` : code}>
      {todo}
    </Notice>
  )
}
