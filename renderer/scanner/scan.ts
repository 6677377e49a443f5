/**
 * A scanner is a keyboard that types fast: it ends with Enter, and types into whatever has the focus. What begins like one of our
 * slips is taken out of the stream before any field gets it; what turns out to be something else is given back.
 */

const BEGIN = 'LOKET2;'
/** Between two keys of a scanner; people are slower. */
const KEY_MS = 60
/** After the beginning was recognised nothing else can be meant, so a slow line is waited for. */
const SLOW_KEY_MS = 400
/** As much as the contract takes of a slip. */
const MOST = 300

export type ScanCatcher = {
  /** True: the key is part of a scan, or may become one, and nobody else may have it. */
  key(key: string): boolean
  stop(): void
}

type Options = {
  onScan: (text: string) => void
  /** Keys that were held back and belong to whoever has the focus. */
  giveBack: (text: string) => void
  /** Runs once after that many ms; the returned function cancels. */
  after: (ms: number, run: () => void) => () => void
}

export function createScanCatcher({ onScan, giveBack, after }: Options): ScanCatcher {
  let held = ''
  let cancel = () => {}

  const isSlip = () => held.length >= BEGIN.length
  const end = () => {
    cancel()
    const text = held
    const wasSlip = isSlip()
    held = ''
    if (wasSlip) onScan(asTyped(text))
    else if (text !== '') giveBack(text)
  }

  return {
    key(key) {
      if (key.length > 1) {
        // Shift comes before every capital letter.
        if (held === '' || key === 'Shift' || key === 'CapsLock') return false
        const wasSlip = isSlip()
        end()
        return wasSlip && (key === 'Enter' || key === 'Tab')
      }
      if (!isSlip() && !begins(held + key)) {
        end()
        if (!begins(key)) return false
      }
      held = (held + key).slice(0, MOST)
      cancel()
      cancel = after(isSlip() ? SLOW_KEY_MS : KEY_MS, end)
      return true
    },
    stop() {
      cancel()
      held = ''
    },
  }
}

function begins(text: string): boolean {
  return BEGIN.startsWith(text) || BEGIN.startsWith(swapCase(text))
}

/** Caps Lock turns a scanner's letters round, too. */
function asTyped(text: string): string {
  return text.startsWith(BEGIN) ? text : swapCase(text)
}

function swapCase(text: string): string {
  return [...text]
    .map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
    .join('')
}
