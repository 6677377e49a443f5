/** Every question of the desk by its name. A new one = its name in acts.ts and a row here. */
import { type ComponentType, useRef } from 'react'
import { CloseForm } from '#renderer/counter/close-form.tsx'
import { PauseForm } from '#renderer/counter/pause-form.tsx'
import { ServicesForm } from '#renderer/counter/services-form.tsx'
import type { DialogName } from '#renderer/desk/acts.ts'
import { CancelForm } from '#renderer/desk/cancel-form.tsx'
import { CompleteForm } from '#renderer/desk/complete-form.tsx'
import { ForwardForm } from '#renderer/desk/forward-form.tsx'
import { HoldForm } from '#renderer/desk/hold-form.tsx'
import { NoShowForm } from '#renderer/desk/no-show-form.tsx'
import type { DeskControl, DeskFormProps } from '#renderer/desk/use-desk.ts'
import { type MessageKey, useText } from '#renderer/i18n/text.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'

/** `title` may name the entry's {label}. */
type DeskDialog = { title: MessageKey; wide?: boolean; Form: ComponentType<DeskFormProps> }

const DIALOGS: Readonly<Record<DialogName, DeskDialog>> = {
  cancel: { title: 'cancel.title', Form: CancelForm },
  close: { title: 'close.title', wide: true, Form: CloseForm },
  complete: { title: 'complete.title', Form: CompleteForm },
  forward: { title: 'forward.title', wide: true, Form: ForwardForm },
  hold: { title: 'hold.title', Form: HoldForm },
  noShow: { title: 'noShow.title', Form: NoShowForm },
  pause: { title: 'pause.ask', wide: true, Form: PauseForm },
  services: { title: 'taking.title', wide: true, Form: ServicesForm },
}

export function DeskDialogs({ desk }: { desk: DeskControl }) {
  const text = useText()
  // A dialog that fades out keeps its words.
  const last = useRef(desk.asking)
  if (desk.asking) last.current = desk.asking
  const shown = last.current
  if (!shown) return null
  const { title, wide, Form } = DIALOGS[shown.dialog]
  return (
    <Dialog
      open={desk.asking !== null}
      title={text(title, { label: shown.about?.label ?? '' })}
      onClose={desk.closeDialog}
      {...(wide && { wide })}
    >
      <Form key={shown.id} desk={desk} about={shown.about} />
    </Dialog>
  )
}
