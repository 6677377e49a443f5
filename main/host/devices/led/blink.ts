/** Blinking for displays that have no command for it: the number, dark, the number again. */
import { z } from 'zod'
import type { Frame } from '#main/host/devices/led/driver.ts'

/** Slow enough to be read between two blinks, and over before the visitor looks away. */
const PHASE_MS = 400

/** Parameter of every driver that blinks by writing. */
export function blinksParameter() {
  return z.int().min(0).max(10).default(3).meta({ title: 'Kedipan saat dipanggil' })
}

/** Begins and ends with the number, so that a display is never left dark; a newer state may come between any two frames. */
export function blinkByWriting(number: Frame[], dark: Frame[], times: number): Frame[] {
  if (times === 0) return number
  const blink = [...held(number), ...held(dark)]
  return [...Array.from({ length: times }, () => blink).flat(), ...number]
}

function held(frames: Frame[]): Frame[] {
  return frames.map((frame, index) => (index === frames.length - 1 ? { ...frame, holdMs: PHASE_MS } : frame))
}
