/** Why a supervisor's act is refused. Codes are stable; the page and the command line have the words. */
export type SupervisionCode =
  | 'WRONG_PIN'
  | 'LOCKED'
  | 'UNKNOWN_DEVICE'
  /** It is heard of, its session is its own: its hand is in good hands. */
  | 'NOT_STRANDED'
  | 'NOT_IN_DOUBT'
  | 'NOT_BEHIND_BARRIER'

export class SupervisionFailure extends Error {
  readonly code: SupervisionCode
  /** Until the next try, when locked. */
  readonly seconds: number | undefined

  constructor(code: SupervisionCode, message: string, seconds?: number) {
    super(message)
    this.name = 'SupervisionFailure'
    this.code = code
    this.seconds = seconds
  }
}
