/** More sessions than a counter can have had between a backup and its loss. */
const EPOCHS_PER_INCARNATION = 1_000

/**
 * The epoch of a counter's next session. After a restore sessions may be known to devices that the server forgot, with epochs
 * that nobody may have twice: each incarnation begins above all of them.
 */
export function nextEpoch(last: number, incarnation: number): number {
  return Math.max(last, (incarnation - 1) * EPOCHS_PER_INCARNATION) + 1
}
