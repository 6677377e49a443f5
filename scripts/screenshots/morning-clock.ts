/**
 * The time of day in the pictures: a morning that runs fast until the visitors have waited long enough, then as clocks do. Only
 * the calendar runs fast, so while it does the PC's clock seems wrong to a desk: pictures are taken afterwards.
 */
import { setTimeout as pause } from 'node:timers/promises'

/** A quarter past nine in Buleleng. */
const MORNING = Date.parse('2026-11-23T09:15:00+08:00')
/** Waits of half an hour come about in half a minute. */
const MINUTES_PER_SECOND = 1
/** Long enough for the visitors of the morning to come. */
const FAST_MS = 90_000

export type MorningClock = {
  /** Resolves when so many minutes of the morning have passed. */
  minutes(count: number): Promise<void>
  /** Resolves when time runs as it does. */
  calm(): Promise<void>
}

/** From now on, in every process that this one starts. */
export function setMorningClock(): MorningClock {
  const start = Date.now()
  const speed = MINUTES_PER_SECOND * 60
  const passed = `(p<${FAST_MS}?p*${speed}:p+${FAST_MS * (speed - 1)})`
  const code = `const real=Date.now;Date.now=()=>{const p=real()-${start};return ${MORNING}+${passed}}`
  const module = `data:text/javascript,${encodeURIComponent(code)}`
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, `--import=${module}`].filter(Boolean).join(' ')
  return {
    minutes: (count) => pause((count / MINUTES_PER_SECOND) * 1000),
    calm: () => pause(Math.max(0, start + FAST_MS - Date.now())),
  }
}
