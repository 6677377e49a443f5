/** How the service ended. Enter again takes the usual outcome. */
import type { Outcome } from '#domain/events.ts'
import classes from '#renderer/desk/dialogs.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

const OUTCOMES: readonly Outcome[] = ['delivered', 'rejected', 'incomplete']

type CompleteDialogProps = { label: string | null; onChoose: (outcome: Outcome) => void; onClose: () => void }

export function CompleteDialog({ label, onChoose, onClose }: CompleteDialogProps) {
  const text = useText()
  useShortcuts(
    Object.fromEntries(OUTCOMES.map((outcome, index) => [String(index + 1), () => onChoose(outcome)])),
    label !== null,
  )
  return (
    <Dialog open={label !== null} title={text('complete.title', { label: label ?? '' })} onClose={onClose}>
      <div className={classes.choices}>
        {OUTCOMES.map((outcome, index) => (
          <Button
            key={outcome}
            look={index === 0 ? 'primary' : 'secondary'}
            size="large"
            shortcut={String(index + 1)}
            autoFocus={index === 0}
            onClick={() => onChoose(outcome)}
          >
            {text(`outcome.${outcome}`)}
          </Button>
        ))}
      </div>
      <p className={classes.hint}>{text('complete.hint')}</p>
    </Dialog>
  )
}
