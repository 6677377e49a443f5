/** A digit chooses something only when it stands alone: a scanner types digits, too, and goes on at once. */
import { SCAN_GOES_ON_MS } from '#renderer/scanner/burst.ts'

export type LoneKey = {
  /** Hears every key first. True: an Enter that came right after the digit, which is done with it. */
  hear(event: Pick<KeyboardEvent, 'key' | 'timeStamp'>): boolean
  /** Runs once nothing followed the key that was heard just now. */
  hold(key: string, run: () => void): void
  stop(): void
}

export function createLoneKey(): LoneKey {
  let lastAt = Number.NEGATIVE_INFINITY
  let isFollowing = false
  let held: { key: string; run: () => void; timer: ReturnType<typeof setTimeout> } | null = null

  const drop = () => {
    clearTimeout(held?.timer)
    held = null
  }

  return {
    hear({ key, timeStamp }) {
      if (key === 'Shift' || key === 'CapsLock') return false
      isFollowing = timeStamp - lastAt <= SCAN_GOES_ON_MS
      if (key.length === 1) lastAt = timeStamp
      // A worn key that comes twice is still one press.
      if (!held || held.key === key) return false
      const { run } = held
      drop()
      if (key !== 'Enter') return false
      run()
      return true
    },
    hold(key, run) {
      if (isFollowing) return
      const timer = setTimeout(() => {
        held = null
        run()
      }, SCAN_GOES_ON_MS)
      held = { key, run, timer }
    },
    stop: drop,
  }
}
