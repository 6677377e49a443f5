/** How long the shell waits before it starts a dead process again. */

export const FIRST_RESTART_MS = 100
export const LONGEST_RESTART_MS = 30_000
/** A process that lived this long is healthy: the next death counts as the first one. */
export const HEALTHY_AFTER_MS = 60_000

/** Delay before the given attempt (1 = the first restart): fast once, then doubling, so that it never runs hot. */
export function restartDelay(attempt: number): number {
  return Math.min(FIRST_RESTART_MS * 2 ** (attempt - 1), LONGEST_RESTART_MS)
}
