/**
 * The second half of a double Enter must not answer the question that its first half asked. Whoever presses anything else first, a key
 * that asked or a letter of the answer, means the Enter that follows.
 */
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { GUARD_MS } from '#renderer/ui/focus-guarded.ts'

/** The key that is pressed now, and the one before it. */
let last = ''
let before = ''

function remember({ key }: { key: string }): void {
  before = last
  last = key
}

// From the first moment on: what came up does not know how it was asked for. Tests read the screens' tables without any window.
if (typeof window !== 'undefined') window.addEventListener('keydown', remember, { capture: true })

/** `shown`: what stands there now; another value is something new. To be spread over it. */
export function useEnterGuard(shown: unknown) {
  const since = useRef(Number.NEGATIVE_INFINITY)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is what is watched
  useLayoutEffect(() => {
    since.current = performance.now()
  }, [shown])
  return {
    onKeyDownCapture(event: KeyboardEvent) {
      const isNew = performance.now() - since.current <= GUARD_MS
      const isDouble = isNew && event.key === before && (event.key === 'Enter' || event.key === ' ')
      // In a field a held Enter sends the form again and again.
      const isHeld = event.key === 'Enter' && event.repeat && !(event.target instanceof HTMLTextAreaElement)
      if (isDouble || isHeld) {
        event.preventDefault()
        event.stopPropagation()
        return
      }
      // From here on somebody answers.
      since.current = Number.NEGATIVE_INFINITY
    },
  }
}
