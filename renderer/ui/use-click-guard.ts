/** The second half of a double click that answered a dialog must not press what lay behind it. */
import { useLayoutEffect } from 'react'
import { GUARD_MS } from '#renderer/ui/focus-guarded.ts'

export function useClickGuard(open: boolean): void {
  useLayoutEffect(() => {
    if (!open) return
    return ignoreRest
  }, [open])
}

/** A mouse counts the clicks of a double one, wherever they land. */
function ignoreRest(): void {
  const ignore = (event: MouseEvent) => {
    if (event.detail < 2) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('click', ignore, { capture: true })
  setTimeout(() => window.removeEventListener('click', ignore, { capture: true }), GUARD_MS)
}
