/** What counters did, and whether it was right: nobody called twice, everybody served. */
export type Worked = {
  /** Click to durable at the server, for every call. */
  callMs: number[]
  /** Visit and entry number of every call. */
  called: string[]
  finished: string[]
}

export const noWork = (): Worked => ({ callMs: [], called: [], finished: [] })

export function sum(parts: readonly Worked[]): Worked {
  return {
    callMs: parts.flatMap((part) => part.callMs),
    called: parts.flatMap((part) => part.called),
    finished: parts.flatMap((part) => part.finished),
  }
}

/** Throws unless each visit was called once and finished once. */
export function prove({ called, finished }: Worked, visits: number): void {
  const twice = called.length - new Set(called).size
  if (twice > 0) throw new Error(`${twice} entries were called twice`)
  const served = new Set(finished).size
  if (served !== visits || finished.length !== visits) throw new Error(`${served} of ${visits} visits were finished`)
}
