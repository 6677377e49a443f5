/** Keys that work wherever the focus is, as long as no other dialog is open: `F2`, `Ctrl+Z`. */
import { useEffect, useRef } from 'react'
import { createLoneKey } from '#renderer/ui/lone-key.ts'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'

export type Shortcuts = Readonly<Record<string, () => void>>

export function useShortcuts(shortcuts: Shortcuts, enabled: boolean): void {
  const isHeard = useIsOnTop() && enabled
  const newest = useRef(shortcuts)
  useEffect(() => {
    newest.current = shortcuts
  })
  useEffect(() => {
    if (!isHeard) return
    const enabledAt = performance.now()
    const digit = createLoneKey()
    const onKey = (event: KeyboardEvent) => {
      if (digit.hear(event)) return event.preventDefault()
      // The Escape that closes a dialog is still on its way when the screen below listens again.
      if (event.key === 'Escape' && event.timeStamp < enabledAt) return
      const name = nameOf(event)
      const act = name === null ? undefined : newest.current[name]
      // In a field a digit is a digit, and Ctrl+Z takes back what was typed.
      if (!act || (event.key.length === 1 && isTyping(event.target))) return
      event.preventDefault()
      if (event.repeat) return
      if (name?.length === 1) digit.hold(name, () => newest.current[name]?.())
      else act()
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
      digit.stop()
    }
  }, [isHeard])
}

function nameOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string | null {
  const isFunctionKey = /^F\d/.test(key)
  if (altKey || metaKey || (shiftKey && !isFunctionKey)) return null
  const held = `${ctrlKey ? 'Ctrl+' : ''}${shiftKey ? 'Shift+' : ''}`
  return held + (ctrlKey ? key.toUpperCase() : key)
}

/** Whether what is typed there is text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement
    ? target.type !== 'radio' && target.type !== 'checkbox'
    : target instanceof HTMLTextAreaElement
}
