/**
 * An officer works most of the day in the agency's own program beside the compact bar: what is typed there counts as a touch of the
 * desk, so that it does not lock itself under their hands. Asked of the system by the shell alone; no page has a part in it.
 */
import { realTimers, type Timers } from '#main/shell/timers.ts'

export const LOOK_EVERY_MS = 10_000

type InputWatch = {
  /** Whole seconds since somebody last used keyboard or mouse, in whatever program. */
  idleSeconds(): number
  /** Somebody did since the last look. */
  onInput(): void
  timers?: Timers
}

export function watchInput({ idleSeconds, onInput, timers = realTimers }: InputWatch): void {
  // Where a system cannot tell (some Wayland desktops), Chromium answers 0 for ever: that must not keep a left desk open.
  let canTell = false
  const look = () => {
    const seconds = idleSeconds()
    if (seconds > 0) canTell = true
    if (canTell && seconds * 1_000 < LOOK_EVERY_MS) onInput()
    timers.after(LOOK_EVERY_MS, look)
  }
  timers.after(LOOK_EVERY_MS, look)
}
