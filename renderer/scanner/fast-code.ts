/**
 * A booking code has no beginning of its own as a slip has (scan.ts): it is known by keys that follow each other faster than people
 * type, with Enter at the end. Its letters are not held back, so that typing never lags; whoever hears of a code takes them out again.
 */

/** Between two keys, taken over all of them; a scanner needs a few ms, a slow one 20 to 30, and a person seldom less than 60. */
const KEY_MS = 40
/** One key may be late, over a remote session or Bluetooth; after more than this something else begins. */
const LATE_KEY_MS = 100
/** As the contract has codes, in either case. One without a digit could be a word that somebody typed fast. */
const CODE = /^(?=.*\d)[a-z0-9-]{4,20}$/i

export type CodeCatcher = {
  /** `at`: ms, when the key was pressed. Answers the code that this key ends. */
  key(key: string, at: number): string | null
}

/** `onBegin`: the next key may be the first of a code. */
export function createCodeCatcher(onBegin: () => void): CodeCatcher {
  let typed = ''
  let beganAt = 0
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    key(key, at) {
      // Shift comes before every capital letter.
      if (key === 'Shift' || key === 'CapsLock') return null
      const goesOn = at - lastAt <= LATE_KEY_MS
      lastAt = at
      if (key.length > 1) {
        const code = typed
        typed = ''
        const isFast = goesOn && at - beganAt <= code.length * KEY_MS
        return key === 'Enter' && isFast && CODE.test(code) ? code : null
      }
      if (!goesOn || typed === '') {
        onBegin()
        typed = ''
        beganAt = at
      }
      typed += key
      return null
    },
  }
}
