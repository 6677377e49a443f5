/** How often each command, fault and row of the failure table happened. Names that never happened stand with 0. */
export class Counts {
  readonly #counts = new Map<string, number>()

  constructor(names: readonly string[]) {
    for (const name of names) this.#counts.set(name, 0)
  }

  add(name: string, n = 1): void {
    const before = this.#counts.get(name)
    if (before === undefined) throw new RangeError(`${name} is not a name of the report`)
    this.#counts.set(name, before + n)
  }

  merge(other: Readonly<Record<string, number>>): void {
    for (const [name, n] of Object.entries(other)) this.#counts.set(name, (this.#counts.get(name) ?? 0) + n)
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
