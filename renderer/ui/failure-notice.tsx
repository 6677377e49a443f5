/** The host's refusal in the officer's words. */
import type { Failure } from '#contract/desk-api.ts'
import { type Explained, useExplain } from '#renderer/i18n/explain.ts'
import { Notice, type NoticeTone } from '#renderer/ui/notice.tsx'

export function FailureNotice({ failure, tone = 'over' }: { failure: Failure; tone?: NoticeTone }) {
  const explain = useExplain()
  const { happened, todo }: Explained = explain(failure.code, failure.detail)
  return (
    <Notice tone={tone} title={happened} code={failure.code} role="alert">
      {todo}
    </Notice>
  )
}
