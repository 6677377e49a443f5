/** A reason out of a few: each a button with its digit, so that one key answers. */
import classes from '#renderer/desk/dialogs.module.css'
import { Button } from '#renderer/ui/button.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

type ReasonChoiceProps<R extends string> = {
  lead: string
  reasons: readonly { reason: R; label: string }[]
  onChoose: (reason: R) => void
}

export function ReasonChoice<R extends string>({ lead, reasons, onChoose }: ReasonChoiceProps<R>) {
  useShortcuts(
    Object.fromEntries(reasons.map(({ reason }, index) => [String(index + 1), () => onChoose(reason)])),
    true,
  )
  return (
    <>
      <p className={classes.lead}>{lead}</p>
      <div className={classes.choices}>
        {reasons.map(({ reason, label }, index) => (
          <Button
            key={reason}
            size="large"
            shortcut={String(index + 1)}
            autoFocus={index === 0}
            onClick={() => onChoose(reason)}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  )
}
