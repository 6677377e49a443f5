/** Whether a menu is open: what it offers must not change under the pointer. */
import { useLayoutEffect, useSyncExternalStore } from 'react'

let open = 0
const listeners = new Set<() => void>()

function change(by: 1 | -1): void {
  open += by
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useReportMenu(isOpen: boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return
    change(1)
    return () => change(-1)
  }, [isOpen])
}

export function useIsMenuOpen(): boolean {
  return useSyncExternalStore(subscribe, () => open > 0)
}
