/** Wakes change streams after a commit. It carries no data: a stream always reads the database. */
import type { Trx } from '#server/store/schema.ts'

export type Listener = {
  /** Resolves when it has rung since the last call, at once if it already has. */
  rung(): Promise<void>
  /** Rings only here, for example because the connection ended. */
  wake(): void
  stop(): void
}

/** For a database of which this process is the only server. */
export class Bell {
  readonly #listeners = new Set<{ audiences: ReadonlySet<string>; wake: () => void }>()

  listen(audiences: readonly string[]): Listener {
    let pending = false
    let resolve: (() => void) | null = null
    const wake = () => {
      pending = true
      resolve?.()
    }
    const listener = { audiences: new Set(audiences), wake }
    this.#listeners.add(listener)
    return {
      wake,
      stop: () => this.#listeners.delete(listener),
      rung: async () => {
        if (!pending) {
          await new Promise<void>((done) => {
            resolve = done
          })
          resolve = null
        }
        pending = false
      },
    }
  }

  /** Inside the transaction that changed something for these audiences: it tells the other servers, if there are any. */
  async announce(_trx: Trx, _audiences: ReadonlySet<string>): Promise<void> {}

  /** After that transaction was committed. */
  ring(audiences: Iterable<string>): void {
    const rung = [...audiences]
    for (const listener of this.#listeners) {
      if (rung.some((audience) => listener.audiences.has(audience))) listener.wake()
    }
  }

  ringAll(): void {
    for (const listener of this.#listeners) listener.wake()
  }

  async close(): Promise<void> {}
}
