/** Taking a number back: why is asked, because the day's books show it. */
import { useState } from 'react'
import type { VisitCancelReason } from '#domain/events.ts'
import classes from '#renderer/front-desk/front-desk.module.css'
import { useText } from '#renderer/i18n/text.tsx'
import { ScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

const REASONS: readonly VisitCancelReason[] = ['slip_failed', 'wrong_service', 'visitor_left', 'duplicate', 'other']

type CancelDialogProps = {
  open: boolean
  visitId: string
  label: string
  /** What is likely: a slip that did not come out, or else a wrong choice. */
  likely: VisitCancelReason
  onClose: () => void
}

export function CancelDialog({ open, label, ...rest }: CancelDialogProps) {
  const text = useText()
  return (
    <Dialog open={open} title={text('cancelNumber.title', { label })} onClose={rest.onClose}>
      <ScanRefused />
      <CancelForm {...rest} />
    </Dialog>
  )
}

function CancelForm({ visitId, likely, onClose }: Pick<CancelDialogProps, 'visitId' | 'likely' | 'onClose'>) {
  const text = useText()
  const { run, busy, failure } = useCommand()
  const [reason, setReason] = useState<VisitCancelReason>(likely)
  const cancel = async () => {
    if (await run('visit.cancelIssued', { visitId, reason })) onClose()
  }
  return (
    <div className={classes.cancel}>
      <p>{text('cancelNumber.lead')}</p>
      <ChoiceGroup
        legend={text('cancelNumber.reason')}
        options={REASONS.map((value) => ({ value, label: text(`cancelNumber.${value}`) }))}
        value={reason}
        onChange={(value) => value && setReason(value)}
      />
      {failure && <FailureNotice failure={failure} />}
      <div className={classes.answers}>
        <Button look="primary" size="large" busy={busy} autoFocus onClick={() => void cancel()}>
          {text('cancelNumber.do')}
        </Button>
        <Button size="large" look="quiet" onClick={onClose}>
          {text('cancelNumber.keep')}
        </Button>
      </div>
    </div>
  )
}
