/** Every question of the desk by its name. A new one = its name in acts.ts and a row here. */
import type { ComponentType } from 'react'
import { CloseForm } from '#renderer/counter/close-form.tsx'
import { PauseForm } from '#renderer/counter/pause-form.tsx'
import { ServicesForm } from '#renderer/counter/services-form.tsx'
import type { DialogName } from '#renderer/desk/acts.ts'
import { CallTicketForm } from '#renderer/desk/call-ticket-form.tsx'
import { CancelForm } from '#renderer/desk/cancel-form.tsx'
import { CompleteForm } from '#renderer/desk/complete-form.tsx'
import classes from '#renderer/desk/dialogs.module.css'
import { ForwardForm } from '#renderer/desk/forward-form.tsx'
import { HoldForm } from '#renderer/desk/hold-form.tsx'
import { NoShowForm } from '#renderer/desk/no-show-form.tsx'
import { NoteForm } from '#renderer/desk/note-form.tsx'
import { PresentForm } from '#renderer/desk/present-form.tsx'
import { ReturnForm } from '#renderer/desk/return-form.tsx'
import type { DeskControl, DeskFormProps } from '#renderer/desk/use-desk.ts'
import { IssueHereForm, QuickServeForm } from '#renderer/desk/walk-in-form.tsx'
import { type MessageKey, useText } from '#renderer/i18n/text.tsx'
import { ScanRefused } from '#renderer/scanner/scan-refusal.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'

/** `title` may name the entry's {label}. */
type DeskDialog = { title: MessageKey; wide?: boolean; Form: ComponentType<DeskFormProps> }

export const DIALOGS: Readonly<Record<DialogName, DeskDialog>> = {
  callTicket: { title: 'callTicket.title', Form: CallTicketForm },
  cancel: { title: 'cancel.title', Form: CancelForm },
  close: { title: 'close.title', wide: true, Form: CloseForm },
  complete: { title: 'complete.title', wide: true, Form: CompleteForm },
  forward: { title: 'forward.title', wide: true, Form: ForwardForm },
  hold: { title: 'hold.title', Form: HoldForm },
  issueHere: { title: 'issueHere.title', wide: true, Form: IssueHereForm },
  note: { title: 'note.title', wide: true, Form: NoteForm },
  noShow: { title: 'noShow.title', Form: NoShowForm },
  pause: { title: 'pause.ask', wide: true, Form: PauseForm },
  present: { title: 'present.title', Form: PresentForm },
  quickServe: { title: 'quickServe.title', wide: true, Form: QuickServeForm },
  returnToQueue: { title: 'return.title', Form: ReturnForm },
  services: { title: 'taking.title', wide: true, Form: ServicesForm },
}

export function DeskDialogs({ desk }: { desk: DeskControl }) {
  const text = useText()
  const { asking } = desk
  const shown = asking && DIALOGS[asking.dialog]
  return (
    <Dialog
      open={asking !== null}
      title={shown && text(shown.title, { label: asking.about?.label ?? '' })}
      onClose={desk.closeDialog}
      wide={shown?.wide ?? false}
    >
      {shown && (
        <>
          <ScanRefused key={`slip ${asking.id}`} />
          <shown.Form key={asking.id} desk={desk} about={asking.about} />
          {desk.command.failure && (
            <div className={classes.failure}>
              <FailureNotice failure={desk.command.failure} />
            </div>
          )}
        </>
      )}
    </Dialog>
  )
}
