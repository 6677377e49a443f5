import { describe, expect, it } from 'vitest'
import { afterClockChange, afterWrongPin, lockedSeconds } from '#domain/pin-back-off.ts'

const MINUTE = 60_000
const wrong = (times: number, now: number) => {
  let attempts = { failures: 0, lockedUntil: 0 }
  for (let n = 0; n < times; n += 1) attempts = afterWrongPin(attempts, now)
  return attempts
}

describe('the back-off after wrong PINs', () => {
  it('is 30 s after the third, then doubles up to 15 minutes', () => {
    const locks = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((times) => lockedSeconds(wrong(times, 1_000), 1_000))
    expect(locks).toEqual([0, 0, 30, 60, 120, 240, 480, 900, 900])
  })

  it('starts again once when the clock was put back, and then really ends', () => {
    const ahead = wrong(3, 8 * 60 * MINUTE)
    const corrected = afterClockChange(ahead, 0)
    expect(lockedSeconds(corrected, 0)).toBe(30)
    expect(afterClockChange(corrected, 20_000)).toBe(corrected)
    expect(lockedSeconds(corrected, 31_000)).toBe(0)
  })
})
