/** Whether this window is the one that the keyboard writes to. */
import { useSyncExternalStore } from 'react'

export function useWindowFocus(): boolean {
  return useSyncExternalStore(subscribe, () => document.hasFocus())
}

function subscribe(onChange: () => void): () => void {
  const events = ['focus', 'blur'] as const
  for (const event of events) window.addEventListener(event, onChange)
  return () => {
    for (const event of events) window.removeEventListener(event, onChange)
  }
}
