/** The deliberate second step: something is missing, and the visitor may have a number all the same. */
import classes from '#renderer/front-desk/front-desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { ScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'

type MissingDialogProps = {
  open: boolean
  missing: readonly string[]
  onClose: () => void
  onPrint: () => void
  onIssue: () => void
}

export function MissingDialog({ open, missing, onClose, onPrint, onIssue }: MissingDialogProps) {
  const text = useText()
  return (
    <Dialog open={open} title={text('front.missingTitle')} onClose={onClose}>
      <ScanRefused />
      <p>{text('front.missingLead')}</p>
      <ul className={classes.missing}>
        {missing.map((requirement) => (
          <li key={requirement}>{requirement}</li>
        ))}
      </ul>
      <div className={classes.stack}>
        <Button look="primary" size="large" icon="printer" autoFocus onClick={onPrint}>
          {text('front.printRequirements')}
        </Button>
        <Button size="large" onClick={onIssue}>
          {text('front.issueIncomplete')}
        </Button>
        <Button size="large" look="quiet" onClick={onClose}>
          {text('front.backToList')}
        </Button>
      </div>
    </Dialog>
  )
}
