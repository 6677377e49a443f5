/** Wakes the change streams of this process after a commit. It carries no data: a stream always reads the database. */
export type Listener = {
  /** Resolves when it has rung since the last call, at once if it already has. */
  rung(): Promise<void>
  /** Rings only here, for example because the connection ended. */
  wake(): void
  stop(): void
}

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

  ring(audiences: Iterable<string>): void {
    const rung = [...audiences]
    for (const listener of this.#listeners) {
      if (rung.some((audience) => listener.audiences.has(audience))) listener.wake()
    }
  }

  ringAll(): void {
    for (const listener of this.#listeners) listener.wake()
  }
}
