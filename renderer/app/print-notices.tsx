/** Paper is asked about, never guessed: only a person sees whether it came out. */

import type { DeskSnapshot } from '#contract/snapshot.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

type Job = DeskSnapshot['printAttention'][number]

export function PrintNotices({ attention }: { attention: DeskSnapshot['printAttention'] }) {
  const text = useText()
  const asking = attention.filter((job) => job.state !== 'queued')
  const queued = attention.filter((job) => job.state === 'queued')
  const [first] = asking
  return (
    <>
      {first && <PrintQuestion key={first.jobId} job={first} more={asking.length - 1} />}
      {queued[0] && (
        <Notice tone="info" title={text('print.queued', { count: queued.length, label: queued[0].label })}>
          {text('print.queuedTodo')}
        </Notice>
      )}
    </>
  )
}

function PrintQuestion({ job, more }: { job: Job; more: number }) {
  const text = useText()
  const { run, busy, failure } = useCommand()
  const settle = (cameOut: boolean) => void run('print.settle', { jobId: job.jobId, cameOut })
  const paper = text(`print.${job.document}`, { label: job.label })
  return (
    <>
      <Notice
        tone="near"
        title={text(job.state === 'unknown' ? 'print.didItComeOut' : 'print.failed', { paper })}
        code={job.code ?? undefined}
        actions={
          <>
            <Button size="small" look="primary" busy={busy} onClick={() => settle(true)}>
              {text(job.state === 'unknown' ? 'print.yes' : 'print.notNeeded')}
            </Button>
            <Button size="small" busy={busy} onClick={() => settle(false)}>
              {text(job.state === 'unknown' ? 'print.copy' : 'print.again')}
            </Button>
          </>
        }
      >
        {more > 0 && text('print.more', { count: more })}
      </Notice>
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
