/** Between the number and the buttons: what the host refused, what can still be taken back, what comes by itself. One line each. */
import type { Failure } from '#contract/desk-api.ts'
import { AutoCallLine } from '#renderer/desk/auto-call-line.tsx'
import classes from '#renderer/desk/desk.module.css'
import { UndoLine } from '#renderer/desk/undo-line.tsx'
import type { AutoCall } from '#renderer/desk/use-auto-call.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

type DeskLinesProps = { desk: DeskControl; autoCall: AutoCall; failure: Failure | null }

export function DeskLines({ desk, autoCall, failure }: DeskLinesProps) {
  const { undo } = desk.snapshot
  return (
    <div className={classes.lines}>
      {/* A question that is open says itself why it was refused. */}
      {failure && !desk.asking && <FailureNotice failure={failure} />}
      {undo && undo.kind !== 'call' && <UndoLine undo={undo} desk={desk} />}
      {autoCall.seconds !== null && <AutoCallLine seconds={autoCall.seconds} onCancel={autoCall.cancel} />}
    </div>
  )
}
