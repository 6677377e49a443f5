/** Why a serial port is not open, in the three ways that call for different hands. */

export type PortProblem = 'missing' | 'busy' | 'ambiguous'

export class PortError extends Error {
  override name = 'PortError'
  readonly problem: PortProblem

  constructor(problem: PortProblem, detail: string) {
    super(detail)
    this.problem = problem
  }
}

/** Words of Linux ("Permission denied", "Cannot lock port") and of Windows ("Access denied") for a port in other hands. */
const IN_OTHER_HANDS = /denied|lock|busy|temporarily unavailable/i

/** Of anything that finding or opening a port may throw. */
export function portProblem(error: unknown): PortProblem {
  if (error instanceof PortError) return error.problem
  return error instanceof Error && IN_OTHER_HANDS.test(error.message) ? 'busy' : 'missing'
}
