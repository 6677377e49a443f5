/**
 * A booking code has no beginning of its own as a slip has (scan.ts): it is known by keys that follow each other faster than people
 * type, with Enter at the end. Its letters are not held back, so that typing never lags; whoever hears of a code takes them out again.
 */

/** Between two keys; a scanner needs a few ms, a slow one 20 to 30, and a person seldom less than 60. */
const KEY_MS = 40
/** As the contract has codes, in either case. One without a digit could be a word that somebody typed fast. */
const CODE = /^(?=.*\d)[a-z0-9-]{4,20}$/i

export type CodeCatcher = {
  /** `at`: ms, when the key was pressed. True: this key ends a code, and nobody else may have it. */
  key(key: string, at: number): boolean
}

type Options = {
  /** The next key may be the first of a code. */
  onBegin: () => void
  onCode: (code: string) => void
}

export function createCodeCatcher({ onBegin, onCode }: Options): CodeCatcher {
  let typed = ''
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    key(key, at) {
      // Shift comes before every capital letter.
      if (key === 'Shift' || key === 'CapsLock') return false
      const isFast = at - lastAt <= KEY_MS
      lastAt = at
      if (key.length > 1) {
        const code = typed
        typed = ''
        if (key !== 'Enter' || !isFast || !CODE.test(code)) return false
        onCode(code)
        return true
      }
      if (!isFast || typed === '') {
        onBegin()
        typed = ''
      }
      typed += key
      return false
    },
  }
}
