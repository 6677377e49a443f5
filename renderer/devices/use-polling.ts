/** Asks at once and again `everyMs` after each answer, as long as the component is shown. */
import { useEffect, useRef } from 'react'

export function usePolling(ask: () => Promise<void>, everyMs: number): void {
  const newest = useRef(ask)
  useEffect(() => {
    newest.current = ask
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isShown = true
    const turn = async () => {
      await newest.current()
      if (isShown) timer = setTimeout(turn, everyMs)
    }
    void turn()
    return () => {
      isShown = false
      clearTimeout(timer)
    }
  }, [everyMs])
}
