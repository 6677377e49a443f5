/** Why a supervisor's act is refused. Codes are stable; the page and the command line have the words. */
export type SupervisionCode =
  | 'WRONG_PIN'
  | 'LOCKED'
  | 'UNKNOWN_DEVICE'
  /** It is heard of, its session is its own: its hand is in good hands. */
  | 'NOT_STRANDED'
  | 'NOT_IN_DOUBT'
  | 'NOT_BEHIND_BARRIER'

const STATUS: Readonly<Record<SupervisionCode, number>> = {
  WRONG_PIN: 403,
  LOCKED: 429,
  UNKNOWN_DEVICE: 404,
  NOT_STRANDED: 409,
  NOT_IN_DOUBT: 409,
  NOT_BEHIND_BARRIER: 409,
}

export class SupervisionFailure extends Error {
  readonly code: SupervisionCode
  readonly statusCode: number
  /** Until the next try, when locked. */
  readonly seconds: number | undefined

  constructor(code: SupervisionCode, message: string, seconds?: number) {
    super(message)
    this.name = 'SupervisionFailure'
    this.code = code
    this.statusCode = STATUS[code]
    this.seconds = seconds
  }
}
