/** What is meant for something that was there a moment ago must not press what came in its place. */

/** A double click on one step must not press the next step's button, which appears at the same place. */
export const GUARD_MS = 500

/** Moves the focus to a button that nobody reached for: the rest of a double press on what had the focus must not press it. */
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
