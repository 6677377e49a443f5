/** Between the number and the buttons: what the host refused, and what can still be taken back. One line each. */
import type { Failure } from '#contract/desk-api.ts'
import classes from '#renderer/desk/desk.module.css'
import { UndoLine } from '#renderer/desk/undo-line.tsx'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

export function DeskLines({ desk, failure }: { desk: DeskControl; failure: Failure | null }) {
  const { undo } = desk.snapshot
  return (
    <div className={classes.lines}>
      {failure && <FailureNotice failure={failure} />}
      {undo && undo.kind !== 'call' && <UndoLine undo={undo} desk={desk} />}
    </div>
  )
}
