/** The host's refusal in the officer's words. */
import type { Failure } from '#contract/desk-api.ts'
import { type Explained, useExplain } from '#renderer/i18n/explain.ts'
import { Notice, type NoticeTone } from '#renderer/ui/notice.tsx'

export function FailureNotice({ failure }: { failure: Failure }) {
  const explain = useExplain()
  const { happened, todo }: Explained = explain(failure.code, failure.detail)
  return (
    <Notice tone={toneOf(failure.code)} title={happened} code={failure.code} role="alert">
      {todo}
    </Notice>
  )
}

/** Most refusals are everyday; red is for what work cannot go on with. */
function toneOf(code: string): NoticeTone {
  return code.startsWith('STORE_') || code === 'INTERNAL' ? 'over' : 'near'
}
