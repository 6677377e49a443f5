import { WireFailure } from '#server/wire-failure.ts'

const WRONG_CODES = 10
const WINDOW_MS = 60_000

/** Ten wrong enrolment codes a minute from one address, then silence: a code cannot be found by trying. */
export class WrongCodeLimit {
  readonly #wrong = new Map<string, number[]>()

  /** Throws TOO_MANY_REQUESTS, for a right code too: a guesser must not learn which one it was. */
  check(address: string, now: number): void {
    if (this.#recent(address, now).length >= WRONG_CODES) {
      throw new WireFailure('TOO_MANY_REQUESTS', 'too many wrong codes, wait a minute')
    }
  }

  count(address: string, now: number): void {
    this.#wrong.set(address, [...this.#recent(address, now), now])
  }

  #recent(address: string, now: number): number[] {
    const recent = (this.#wrong.get(address) ?? []).filter((at) => at > now - WINDOW_MS)
    if (recent.length === 0) this.#wrong.delete(address)
    return recent
  }
}
