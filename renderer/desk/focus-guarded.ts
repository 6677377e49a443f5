/** Moves the focus to a button that nobody reached for: the rest of a double press on what had the focus must not press it. */
import { GUARD_MS } from '#renderer/desk/use-desk.ts'

export function focusGuarded(button: HTMLElement): void {
  const ignoreKeys = (event: MouseEvent) => {
    // A mouse counts its clicks, a key does not: who points at the button means it.
    if (event.detail > 0) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  button.addEventListener('click', ignoreKeys)
  setTimeout(() => button.removeEventListener('click', ignoreKeys), GUARD_MS)
  // The number stays in view where the page scrolls.
  button.focus({ preventScroll: true })
}
