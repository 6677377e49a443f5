/** Lets at most so many tasks of one name run at once; the others wait in the order in which they came. */
export class Lanes {
  readonly #width: number
  readonly #lanes = new Map<string, { running: number; waiting: (() => void)[] }>()

  constructor(width: number) {
    this.#width = width
  }

  async run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const lane = this.#lanes.get(name) ?? { running: 0, waiting: [] }
    this.#lanes.set(name, lane)
    if (lane.running < this.#width) lane.running += 1
    else await new Promise<void>((resolve) => lane.waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = lane.waiting.shift()
      // The place is handed on, so nobody who comes just now can slip in between.
      if (next) next()
      else lane.running -= 1
      if (lane.running === 0) this.#lanes.delete(name)
    }
  }
}
