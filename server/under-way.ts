/** What requests still do when the server ends. */
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'

/** Nearly all is answered by then; what takes longer is cut, and its device asks again as after any cut. */
const LONGEST_MS = 1_000

export class UnderWay {
  readonly #works = new Set<Promise<unknown>>()

  /** Holds up the server's end until this has ended, one way or the other. */
  hold<T>(work: Promise<T>): Promise<T> {
    this.#works.add(work)
    const end = () => this.#works.delete(work)
    work.then(end, end)
    return work
  }

  async ended(): Promise<void> {
    const late = delay(LONGEST_MS, true, { ref: false })
    let isLate = false
    do {
      isLate = await Promise.race([late, Promise.allSettled(this.#works).then(() => false)])
      // In this turn the last answers are written, and something new may come.
      await nextTurn()
    } while (this.#works.size > 0 && !isLate)
  }
}
