/** Catches what is scanned while this is on the screen, whatever has the focus, so that it presses no button. */
import { useEffect, useRef } from 'react'
import { createBurstCatcher, isBookingCode, LATE_KEY_MS } from '#renderer/scanner/burst.ts'
import { createScanCatcher } from '#renderer/scanner/scan.ts'
import { isTyping } from '#renderer/ui/use-shortcuts.ts'

/** Fewer keys in one go are no scan. */
const FEWEST_KEYS = 4

type OnScan = {
  onSlip: (text: string) => void
  /** Absent: nobody asks for booking codes here. */
  onCode?: (code: string) => void
  /** Neither, and not into a field, where somebody may well scan a number. */
  onOther: () => void
}

export function useScanner(onScan: OnScan): void {
  const newest = useRef(onScan)
  useEffect(() => {
    newest.current = onScan
  })
  useEffect(() => {
    const slips = createScanCatcher({
      onScan: (text) => newest.current.onSlip(text),
      giveBack: type,
      after(ms, run) {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    let takeBack = () => {}
    const bursts = createBurstCatcher(() => {
      takeBack = rememberField()
    })
    let endedAt = Number.NEGATIVE_INFINITY
    /** Whether nobody else may have this key. */
    const isTaken = ({ key, timeStamp, target }: KeyboardEvent): boolean => {
      const isOfSlip = slips.key(key)
      const burst = bursts.key(key, timeStamp)
      if (isOfSlip) return true
      // A key that a blank presses is pressed by the blank within a scan, too.
      if (key === ' ') return burst !== '' && !isField(target)
      if (key !== 'Enter') return false
      const { onCode, onOther } = newest.current
      if (onCode && isBookingCode(burst)) {
        takeBack()
        onCode(burst)
        return true
      }
      if (burst.length >= FEWEST_KEYS && !isField(target)) {
        onOther()
        return true
      }
      // Some scanners end with Enter twice.
      return timeStamp - endedAt <= LATE_KEY_MS
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !isTaken(event)) return
      if (event.key === 'Enter') endedAt = event.timeStamp
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    // Before every other listener and before the field itself.
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      slips.stop()
    }
  }, [])
}

/** A PIN is no text that somebody may scan. */
function isField(target: EventTarget | null): boolean {
  return isTyping(target) && !(target instanceof HTMLInputElement && target.type === 'password')
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
  if (isTyping(document.activeElement)) document.execCommand('insertText', false, text)
}
