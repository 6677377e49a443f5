/**
 * Time in the hand of the simulation. While a world lives, the timers of this process are the world's: a server that waits
 * 200 ms for an answer waits until the world has moved on so far.
 */
type Timer = { at: number; order: number; run: () => void; every: number | null }

export class VirtualTime {
  /** True time of the world, epoch ms. */
  now: number
  readonly #timers = new Set<Timer>()
  #order = 0
  readonly #real = { setTimeout, clearTimeout, setInterval, clearInterval }
  readonly #realNow = performance.now.bind(performance)

  constructor(start: number) {
    this.now = start
  }

  /** Takes over the process's timers. `release` gives them back. */
  install(): void {
    const add = (run: () => void, delay: number, every: number | null) => {
      this.#order += 1
      const timer: Timer = { at: this.now + delay, order: this.#order, run, every }
      this.#timers.add(timer)
      const handle = {
        ref: () => handle,
        unref: () => handle,
        hasRef: () => true,
        refresh: () => {
          timer.at = this.now + delay
          this.#timers.add(timer)
          return handle
        },
        close: () => void this.#timers.delete(timer),
        timer,
        [Symbol.toPrimitive]: () => timer.order,
        [Symbol.dispose]: () => void this.#timers.delete(timer),
      }
      return handle
    }
    const remove = (handle: { timer?: Timer } | undefined) => {
      if (handle?.timer) this.#timers.delete(handle.timer)
    }
    const patched = {
      setTimeout: (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) =>
        add(() => run(...args), Math.max(0, delay), null),
      setInterval: (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) =>
        add(() => run(...args), Math.max(1, delay), Math.max(1, delay)),
      clearTimeout: remove,
      clearInterval: remove,
    }
    Object.assign(globalThis, patched)
    performance.now = () => this.now
  }

  release(): void {
    Object.assign(globalThis, this.#real)
    performance.now = this.#realNow
    this.#timers.clear()
  }

  /** Moves on to `until`, running what falls due on the way, each followed by `settle`. */
  async advanceTo(until: number, settle: () => Promise<void>): Promise<void> {
    for (;;) {
      let due: Timer | null = null
      for (const timer of this.#timers) {
        if (timer.at <= until && (!due || timer.at < due.at || (timer.at === due.at && timer.order < due.order)))
          due = timer
      }
      if (!due) break
      this.now = Math.max(this.now, due.at)
      if (due.every === null) this.#timers.delete(due)
      else due.at += due.every
      due.run()
      await settle()
    }
    this.now = Math.max(this.now, until)
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
}
