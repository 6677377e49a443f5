/**
 * The time of day in the pictures: a morning that runs fast until the visitors have waited long enough, then as clocks do. Only
 * the calendar runs fast, so while it does the PC's clock seems wrong to a desk: pictures are taken afterwards.
 */
import { setTimeout as pause } from 'node:timers/promises'

/** In Buleleng. */
const MORNING = Date.parse('2026-11-23T09:20:00+08:00')
/** Waits of half an hour come about in a minute. */
const SPEED = 30
/** Long enough for the visitors of the morning to come. */
const FAST_MS = 75_000

export type MorningClock = {
  /** Resolves when so many minutes of the morning have passed. */
  minutes(count: number): Promise<void>
  /** Resolves so many minutes of the morning before time runs as it does. */
  untilCalm(minutesBefore: number): Promise<void>
  /** What the clock of a desk that has asked the server since then shows. */
  afterwards: RegExp
}

/** From now on, in every process that this one starts. */
export function setMorningClock(): MorningClock {
  const start = Date.now()
  const passed = `(p<${FAST_MS}?p*${SPEED}:p+${FAST_MS * (SPEED - 1)})`
  const code = `const real=Date.now;Date.now=()=>{const p=real()-${start};return ${MORNING}+${passed}}`
  const module = `data:text/javascript,${encodeURIComponent(code)}`
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, `--import=${module}`].filter(Boolean).join(' ')
  return {
    minutes: (count) => pause(realMs(count)),
    untilCalm: (minutesBefore) => pause(Math.max(0, start + FAST_MS - realMs(minutesBefore) - Date.now())),
    afterwards: new RegExp([0, 1, 2, 3].map((minute) => `^${clockAt(minute)} WITA$`).join('|')),
  }
}

const realMs = (minutes: number) => (minutes * 60_000) / SPEED

function clockAt(minute: number): string {
  const time = new Intl.DateTimeFormat('id-ID', { timeZone: 'Asia/Makassar', hour: '2-digit', minute: '2-digit' })
  return time.format(MORNING + FAST_MS * SPEED + minute * 60_000).replace('.', '\\.')
}
