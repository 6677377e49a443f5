/** Messages on their way. The scheduler decides which arrives next, which arrives twice and which never. */
import type { Random } from '#tests/sim/random.ts'

export type Message = {
  from: string
  to: string
  sentAt: number
  /** For the history. */
  text: string
  /** Runs at the receiver. A receiver that crashed meanwhile is not there any more: `isCurrent` says so. */
  deliver(): Promise<void> | void
  /** A message of a connection that cannot go on without it. */
  lost?(): void
}

export class Network {
  readonly inFlight: Message[] = []
  /** Links that are cut, as "a|b" in both directions or "a>b" in one. */
  readonly #cut = new Set<string>()

  send(message: Message): void {
    this.inFlight.push(message)
  }

  cut(a: string, b: string): void {
    this.#cut.add(link(a, b))
  }

  heal(a: string, b: string): void {
    this.#cut.delete(link(a, b))
  }

  healAll(): void {
    this.#cut.clear()
  }

  isCut(a: string, b: string): boolean {
    return this.#cut.has(link(a, b))
  }

  /** The oldest message that can arrive now, or null. */
  first(): Message | null {
    return this.inFlight.find(({ from, to }) => !this.isCut(from, to)) ?? null
  }

  /** A message that can arrive now, or null. Messages over a cut link stay on their way. */
  choose(random: Random): Message | null {
    const able = this.inFlight.filter(({ from, to }) => !this.isCut(from, to))
    return able.length === 0 ? null : random.pick(able)
  }

  take(message: Message): void {
    const index = this.inFlight.indexOf(message)
    if (index >= 0) this.inFlight.splice(index, 1)
  }

  /** The connection broke: what was on it is lost. */
  dropAll(a: string): number {
    const lost = this.inFlight.filter(({ from, to }) => from === a || to === a)
    for (const message of lost) {
      this.take(message)
      message.lost?.()
    }
    return lost.length
  }
}

function link(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`
}
