/**
 * What a scanner types and is no slip has no beginning of its own (scan.ts): it is known by keys that follow each other faster than
 * people type. Its letters are not held back, so that typing never lags; whoever hears of a code takes them out again.
 */

/** Between two keys, taken over all of them; a scanner needs a few ms, a slow one 20 to 30, and a person seldom less than 60. */
const KEY_MS = 40
/** One key may be late, over a remote session or Bluetooth; after more than this something else begins. */
export const LATE_KEY_MS = 100
/** A scanner's next key comes sooner: a digit that nothing follows for so long was pressed by somebody. */
export const SCAN_GOES_ON_MS = 150
/** As the contract has codes, in either case. One without a digit could be a word that somebody typed fast. */
const CODE = /^(?=.*\d)[a-z0-9-]{4,20}$/i

export type BurstCatcher = {
  /** `at`: ms, when the key was pressed. Answers what was typed before it in one go, and nothing of what a person may have typed. */
  key(key: string, at: number): string
}

/** `onBegin`: the next key may be the first of a burst. */
export function createBurstCatcher(onBegin: () => void): BurstCatcher {
  let typed = ''
  let beganAt = 0
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    key(key, at) {
      // Shift comes before every capital letter.
      if (key === 'Shift' || key === 'CapsLock') return ''
      const goesOn = at - lastAt <= LATE_KEY_MS
      lastAt = at
      const before = goesOn && at - beganAt <= typed.length * KEY_MS ? typed : ''
      if (key.length > 1) {
        typed = ''
        return before
      }
      if (!goesOn || typed === '') {
        onBegin()
        typed = ''
        beganAt = at
      }
      typed += key
      return before
    },
  }
}

export function isBookingCode(burst: string): boolean {
  return CODE.test(burst)
}
