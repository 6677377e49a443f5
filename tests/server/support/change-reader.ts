/** Reads a change stream the way a workstation does. */
import { createParser } from 'eventsource-parser'
import { Change } from '#contract/wire/changes.ts'

export class ChangeReader {
  /** The cursor of the last change read. */
  lastEventId: string | undefined
  heartbeats = 0
  readonly ended: Promise<void>
  readonly #abort = new AbortController()
  readonly #unread: Change[] = []
  #wake: () => void = () => {}

  static async open(url: string, token: string, lastEventId?: string): Promise<ChangeReader> {
    const reader = new ChangeReader()
    const headers = { authorization: `Bearer ${token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }
    const response = await fetch(url, { headers, signal: reader.#abort.signal })
    if (!response.ok || !response.body) throw new Error(`stream refused: ${response.status} ${await response.text()}`)
    reader.#read(response.body)
    return reader
  }

  private constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  #end: () => void = () => {}

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({
      onEvent: ({ id, data }) => {
        if (id) this.lastEventId = id
        this.#unread.push(Change.parse(JSON.parse(data)))
        this.#wake()
      },
      onComment: () => {
        this.heartbeats += 1
      },
    })
    const decoder = new TextDecoder()
    try {
      for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }))
    } catch {
      // Hung up, by us or by the server; either way the stream has ended.
    }
    this.#end()
  }

  async next(): Promise<Change> {
    for (;;) {
      const change = this.#unread.shift()
      if (change) return change
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** The next `count` changes. */
  async take(count: number): Promise<Change[]> {
    const changes: Change[] = []
    while (changes.length < count) changes.push(await this.next())
    return changes
  }

  async untilCaughtUp(): Promise<Change[]> {
    const changes: Change[] = []
    for (;;) {
      const change = await this.next()
      if (change.kind === 'caught_up') return changes
      changes.push(change)
    }
  }

  /** Changes that have come and were not taken. */
  get unread(): number {
    return this.#unread.length
  }

  async close(): Promise<void> {
    this.#abort.abort()
    await this.ended
  }
}
