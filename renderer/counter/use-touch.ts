/** Tells the host now and then that somebody touches this screen, so that it does not lock itself under their hands. */
import { useEffect } from 'react'
import { useClient } from '#renderer/state/context.tsx'

const EVERY_MS = 20_000
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

export function useTouch(isWatched: boolean): void {
  const client = useClient()
  useEffect(() => {
    if (!isWatched) return
    let last = Number.NEGATIVE_INFINITY
    const touched = () => {
      if (performance.now() - last < EVERY_MS) return
      last = performance.now()
      // A host that cannot be told is not there to lock anything; the next touch tells it.
      void client.invoke('session.touch', {})
    }
    for (const touch of TOUCHES) window.addEventListener(touch, touched, { passive: true })
    return () => {
      for (const touch of TOUCHES) window.removeEventListener(touch, touched)
    }
  }, [client, isWatched])
}
