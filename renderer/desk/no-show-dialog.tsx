/** Asked once more: a visitor marked absent loses the turn. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/desk/dialogs.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'

type NoShowDialogProps = { current: DeskSnapshot['current']; onConfirm: () => void; onClose: () => void }

export function NoShowDialog({ current, onConfirm, onClose }: NoShowDialogProps) {
  const text = useText()
  return (
    <Dialog open={current !== null} title={text('noShow.title', { label: current?.label ?? '' })} onClose={onClose}>
      <p className={classes.lead}>{text('noShow.words', { count: current?.calls ?? 1 })}</p>
      <div className={classes.row}>
        <Button look="primary" size="large" autoFocus onClick={onConfirm}>
          {text('noShow.confirm')}
        </Button>
        <Button size="large" onClick={onClose}>
          {text('dialog.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
