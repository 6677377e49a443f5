/** A give-away that nobody else has heard of yet: the seconds run, and one press takes it back. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { ACTS } from '#renderer/desk/acts.ts'
import classes from '#renderer/desk/desk.module.css'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClock } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'

type GivenAway = Extract<NonNullable<DeskSnapshot['undo']>, { until: number }>
type UndoLineProps = { undo: GivenAway; desk: DeskControl; className?: string | undefined }

export function UndoLine({ undo, desk, className = classes.line }: UndoLineProps) {
  const text = useText()
  const seconds = useClock((now) => Math.max(0, Math.ceil((undo.until - now) / 1000)))
  if (seconds === 0) return null
  return (
    <div className={className}>
      <p role="status">{text(`undone.${undo.kind}`, { label: undo.label })}</p>
      <Button
        size="small"
        icon={ACTS.undo.icon}
        {...(ACTS.undo.key && { shortcut: ACTS.undo.key })}
        busy={desk.command.busy}
        onClick={() => desk.press('undo')}
      >
        {text('undo.seconds', { seconds })}
      </Button>
    </div>
  )
}
