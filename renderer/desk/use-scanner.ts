/** Catches slips that are scanned while the desk is on the screen, whatever has the focus. */
import { useEffect, useRef } from 'react'
import { createScanCatcher } from '#renderer/desk/scan.ts'

export function useScanner(onScan: (text: string) => void): void {
  const newest = useRef(onScan)
  useEffect(() => {
    newest.current = onScan
  })
  useEffect(() => {
    const catcher = createScanCatcher({
      onScan: (text) => newest.current(text),
      giveBack: type,
      after(ms, run) {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
      if (!catcher.key(event.key)) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    // Before every other listener and before the field itself.
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      catcher.stop()
    }
  }, [])
}

/** As if it had been typed just now, so that a field hears of it as usual. */
function type(text: string): void {
  const { activeElement } = document
  const isField = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement
  if (isField) document.execCommand('insertText', false, text)
}
