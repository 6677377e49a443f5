/** The far end of a change stream in this process: takes what it is sent, or leaves it lying as a stalled PC does. */
import { Writable } from 'node:stream'
import type { Change } from '#contract/wire/changes.ts'

type Told = { id: number; change: Change }

export class HeldReader extends Writable {
  /** Each as it was sent. */
  readonly messages: string[] = []
  #isHeld = false
  #next: (() => void) | null = null

  /** Whatever lies there unread is as much as it has room for. */
  constructor() {
    super({ highWaterMark: 1, decodeStrings: false })
  }

  override _write(message: string, _encoding: BufferEncoding, next: () => void): void {
    this.messages.push(message)
    if (this.#isHeld) this.#next = next
    else next()
  }

  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    const next = this.#next
    this.#next = null
    next?.()
  }

  /** What was taken, message by message; caught_up has no id and is left out. */
  get told(): Told[][] {
    return this.messages.map((message) =>
      [...message.matchAll(/^id: (\d+)\ndata: (.*)$/gm)].map(([, id, data]) => ({
        id: Number(id),
        change: JSON.parse(data ?? '') as Change,
      })),
    )
  }

  get isCaughtUp(): boolean {
    return this.messages.some((message) => message.includes('"kind":"caught_up"'))
  }
}
