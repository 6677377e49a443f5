/** What a run of many seeds says. */
export type Violation = { seed: number; invariant: string; detail: string; step: number; history: string }

export type Report = {
  ok: boolean
  seeds: number
  violations: Violation[]
  seedsPerSecond: number
  meanSteps: number
  /** How often each command, fault and row of the failure table happened. */
  counts: Record<string, number>
}

export class InvariantBroken extends Error {
  readonly invariant: string
  constructor(invariant: string, detail: string) {
    super(detail)
    this.invariant = invariant
  }
}
