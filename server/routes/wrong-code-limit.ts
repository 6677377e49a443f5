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

  /** Returns how to take it back, for a code that was right. */
  count(address: string, now: number): () => void {
    for (const known of this.#wrong.keys()) this.#recent(known, now)
    this.#wrong.set(address, [...this.#recent(address, now), now])
    return () => {
      const tries = [...(this.#wrong.get(address) ?? [])]
      const index = tries.indexOf(now)
      if (index >= 0) tries.splice(index, 1)
      this.#wrong.set(address, tries)
    }
  }

  #recent(address: string, now: number): number[] {
    const recent = (this.#wrong.get(address) ?? []).filter((at) => at > now - WINDOW_MS)
    if (recent.length === 0) this.#wrong.delete(address)
    return recent
  }
}
