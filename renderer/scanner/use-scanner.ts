/** Catches slips, and where somebody asks for them booking codes, that are scanned while this is on the screen, whatever has the focus. */
import { useEffect, useRef } from 'react'
import { createCodeCatcher } from '#renderer/scanner/fast-code.ts'
import { createScanCatcher } from '#renderer/scanner/scan.ts'

export function useScanner(onScan: (text: string) => void, onCode?: (code: string) => void): void {
  const newest = useRef({ onScan, onCode })
  useEffect(() => {
    newest.current = { onScan, onCode }
  })
  useEffect(() => {
    const catcher = createScanCatcher({
      onScan: (text) => newest.current.onScan(text),
      giveBack: type,
      after(ms, run) {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    let takeBack = () => {}
    const codes = createCodeCatcher(() => {
      takeBack = rememberField()
    })
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
      const isOfSlip = catcher.key(event.key)
      const ended = codes.key(event.key, event.timeStamp)
      const { onCode } = newest.current
      // The end of a slip that hesitated looks like a code.
      const code = isOfSlip || !onCode ? null : ended
      if (!isOfSlip && code === null) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (code === null) return
      takeBack()
      onCode?.(code)
    }
    // Before every other listener and before the field itself.
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      catcher.stop()
    }
  }, [])
}

/** Answers what makes the field with the focus as it is now, in case a scanner is about to type into it. */
function rememberField(): () => void {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement)) return () => {}
  const { value } = field
  return () => {
    if (field.value === value) return
    // Past React's own setter, so that the change is heard like any other.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/** As if it had been typed just now, so that a field hears of it as usual. */
function type(text: string): void {
  const { activeElement } = document
  const isField = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement
  if (isField) document.execCommand('insertText', false, text)
}
