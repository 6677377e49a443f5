/** Asked only where something would be lost. */
import classes from '#renderer/devices/devices.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'

type LeaveDialogProps = {
  open: boolean
  isSaving: boolean
  onSave: () => void
  onDrop: () => void
  onStay: () => void
}

export function LeaveDialog({ open, isSaving, onSave, onDrop, onStay }: LeaveDialogProps) {
  const text = useText()
  return (
    <Dialog open={open} title={text('devices.leaveTitle')} onClose={onStay}>
      <p className={classes.lead}>{text('devices.leaveWords')}</p>
      <div className={classes.row}>
        <Button look="primary" busy={isSaving} autoFocus onClick={onSave}>
          {text('devices.leaveSave')}
        </Button>
        <Button onClick={onDrop}>{text('devices.leaveDrop')}</Button>
        <Button look="quiet" onClick={onStay}>
          {text('devices.leaveStay')}
        </Button>
      </div>
    </Dialog>
  )
}
