/** Keys that work wherever the focus is, as long as no dialog is open. */
import { useEffect, useRef } from 'react'

export type Shortcuts = Readonly<Record<string, () => void>>

export function useShortcuts(shortcuts: Shortcuts, enabled: boolean): void {
  const newest = useRef(shortcuts)
  useEffect(() => {
    newest.current = shortcuts
  })
  useEffect(() => {
    if (!enabled) return
    const enabledAt = performance.now()
    const onKey = (event: KeyboardEvent) => {
      // The Escape that closes a dialog is still on its way when the screen below listens again.
      if (event.timeStamp < enabledAt) return
      const act = newest.current[event.key]
      if (!act || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      // In a field a digit is a digit.
      if (event.key.length === 1 && event.target instanceof HTMLInputElement) return
      event.preventDefault()
      if (!event.repeat) act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}
