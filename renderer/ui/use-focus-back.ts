/**
 * Who had the focus when a dialog came gets it back when it is gone, unless somebody else took it. Mantine looks only once the dialog's own
 * first button has it.
 */
import { useEffect, useRef } from 'react'

/** After what the dialog's end itself does with the focus, and before the desk looks for a next step. */
const AFTER_MS = 10

export function useFocusBack(open: boolean): void {
  const opener = useRef<Element | null>(null)
  const wasOpen = useRef(false)
  if (open && !wasOpen.current) opener.current = document.activeElement
  wasOpen.current = open
  useEffect(() => {
    if (!open) return
    return () => {
      const giveBack = () => {
        const { activeElement, body } = document
        if (activeElement === body && opener.current instanceof HTMLElement)
          opener.current.focus({ preventScroll: true })
      }
      setTimeout(giveBack, AFTER_MS)
    }
  }, [open])
}
