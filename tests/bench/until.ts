import { setTimeout as delay } from 'node:timers/promises'

const PATIENCE_MS = 30_000

/** Looks every few milliseconds; throws when it does not come true. */
export async function until(what: string, test: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!test()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await delay(5)
  }
}
