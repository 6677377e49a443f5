import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { DialogContext, useReportOpen } from '#renderer/ui/open-dialogs.ts'
import { useClickGuard } from '#renderer/ui/use-click-guard.ts'
import { useEnterGuard } from '#renderer/ui/use-enter-guard.ts'
import { useFocusBack } from '#renderer/ui/use-focus-back.ts'

type DialogProps = { open: boolean; title: string | null; onClose: () => void; wide?: boolean; children: ReactNode }

export function Dialog({ open, title, onClose, wide, children }: DialogProps) {
  const text = useText()
  const id = useReportOpen(open)
  const guard = useEnterGuard(open)
  useClickGuard(open)
  useFocusBack(open)
  return (
    <Modal
      {...guard}
      opened={open}
      onClose={onClose}
      returnFocus={false}
      title={title}
      size={wide ? '46rem' : '34rem'}
      padding="xl"
      closeButtonProps={{ 'aria-label': text('dialog.close') }}
      // The title stays above what scrolls below it; the space keeps the first button's focus ring clear of it.
      styles={{ title: { fontSize: '1.5rem', fontWeight: 700, lineHeight: 1.25 }, body: { paddingTop: '0.5rem' } }}
    >
      <DialogContext value={id}>{children}</DialogContext>
    </Modal>
  )
}
