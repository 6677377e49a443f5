/** Which dialogs are open: keys and presses belong to the topmost one, and to the screen only when there is none. */
import { createContext, useContext, useId, useLayoutEffect, useSyncExternalStore } from 'react'

/** The topmost one comes last. */
let stack: readonly string[] = []
const listeners = new Set<() => void>()

function change(next: readonly string[]): void {
  stack = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The dialog that a component stands in; null on the screen itself. */
export const DialogContext = createContext<string | null>(null)

export function useReportOpen(isOpen: boolean): string {
  const id = useId()
  useLayoutEffect(() => {
    if (!isOpen) return
    change([...stack, id])
    return () => change(stack.filter((one) => one !== id))
  }, [isOpen, id])
  return id
}

/** False behind an open dialog. */
export function useIsOnTop(): boolean {
  const own = useContext(DialogContext)
  return useSyncExternalStore(subscribe, () => (stack.at(-1) ?? null) === own)
}
