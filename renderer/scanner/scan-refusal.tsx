/** A scan that is not taken where something is open: nothing acts behind it, and a line there says what to do. */
import { useEffect, useState } from 'react'
import { useExplain } from '#renderer/i18n/explain.ts'
import classes from '#renderer/scanner/scan-refusal.module.css'
import { Notice } from '#renderer/ui/notice.tsx'

/** Explained like the host's refusals. */
export const SCAN_REFUSALS = ['SCAN_NOT_TAKEN', 'SCAN_NOT_A_SLIP', 'SCAN_TOO_SOON'] as const
export type ScanRefusal = (typeof SCAN_REFUSALS)[number]

const TOLD = 'loket-scan-refused'

export function tellScanRefused(code: ScanRefusal): void {
  window.dispatchEvent(new CustomEvent(TOLD, { detail: code }))
}

/** What was told last while this is on the screen. With `count` as the key of what says so, each time is said anew. */
export function useScanRefused(): { count: number; code: ScanRefusal } {
  const [told, setTold] = useState<{ count: number; code: ScanRefusal }>({ count: 0, code: 'SCAN_NOT_TAKEN' })
  useEffect(() => {
    const onTold = (event: Event) => {
      const { detail: code } = event as CustomEvent<ScanRefusal>
      setTold(({ count }) => ({ count: count + 1, code }))
    }
    window.addEventListener(TOLD, onTold)
    return () => window.removeEventListener(TOLD, onTold)
  }, [])
  return told
}

/** Stands in every dialog that may be open over the desk; it leaves with its dialog. */
export function ScanRefused() {
  const explain = useExplain()
  const { count, code } = useScanRefused()
  if (count === 0) return null
  const { happened, todo } = explain(code)
  return (
    <div className={classes.above}>
      <Notice key={count} tone="near" role="alert" title={happened}>
        {todo}
      </Notice>
    </div>
  )
}
