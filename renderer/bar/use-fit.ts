/** Tells the shell how high the bar is, so that its window is neither cut off nor in the way. */
import { useEffect, useRef } from 'react'
import { useClient } from '#renderer/state/context.tsx'

export function useFit() {
  const client = useClient()
  const root = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!root.current) return
    let told = 0
    const observer = new ResizeObserver(([entry]) => {
      const height = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0)
      if (height === told || height === 0) return
      told = height
      void client.invoke('shell.fitBar', { height })
    })
    observer.observe(root.current)
    return () => observer.disconnect()
  }, [client])
  return root
}
