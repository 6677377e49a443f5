/** Where an entry was promised to go on once it is completed: a transfer "and back". */
import type { Entry } from '#domain/entry.ts'
import type { ReturnsTo } from '#domain/events.ts'

type Promised = Pick<Entry, 'counterId' | 'returnsTo'>

/**
 * What is still to be kept of the promise, here and when the entry goes to `toCounterId`. At the counter that it leads to the visitor is
 * back already, on whatever way: nobody who is done there is called there again.
 */
export function wayBackOf({ counterId, returnsTo }: Promised, toCounterId: string | null): ReturnsTo | undefined {
  const isBack = returnsTo?.counterId === counterId || returnsTo?.counterId === toCounterId
  return isBack ? undefined : returnsTo
}
