/** How a try on the real device ended, and what to look at, the likeliest first. */

import { useEffect, useRef } from 'react'
import type { Failure } from '#contract/desk-api.ts'
import type { TryOutcome } from '#contract/methods/devices.ts'
import classes from '#renderer/devices/devices.module.css'
import { problemOf } from '#renderer/devices/places.ts'
import { useExplain } from '#renderer/i18n/explain.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'

type LastTryProps = {
  outcome: TryOutcome | null
  /** Why there was no try. */
  failure: Failure | null
  /** Said when nothing went wrong. */
  done: string
  /** How people on this screen call a place in what was tried. */
  nameOf?: (at: string) => string
}

export function LastTry({ outcome, failure, done, nameOf = String }: LastTryProps) {
  const text = useText()
  const explain = useExplain()
  const wrong = problemOf(failure)
  if (failure && wrong) {
    const title = failure.code === 'PROFILE_WRONG' ? text('try.setupWrong') : explain(failure.code).happened
    return (
      <Notice tone="near" role="alert" title={title} code={failure.code}>
        {text('devices.problem', { place: nameOf(wrong.at), rule: wrong.rule })}
      </Notice>
    )
  }
  if (failure) return <FailureNotice failure={failure} />
  if (!outcome) return null
  return <Outcome outcome={outcome} done={done} />
}

function Outcome({ outcome, done }: { outcome: TryOutcome; done: string }) {
  const text = useText()
  const explain = useExplain()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const { code, detail, hints } = outcome
  return (
    <div ref={box} className={classes.outcome} role={code ? 'alert' : 'status'}>
      <Notice
        tone={code ? 'over' : 'info'}
        title={code ? explain(code).happened : done}
        code={[code, detail].filter(Boolean).join(', ') || undefined}
      />
      {hints.length > 0 && (
        <>
          <p className={classes.legend}>{text('try.lookAt')}</p>
          <ol className={classes.hints}>
            {hints.map((hint) => (
              <li key={hint}>{text(`hint.${hint}`)}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
