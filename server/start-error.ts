/** Why a program cannot start, for the technician: a stable code and one sentence that says what to do. */
export class StartError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'StartError'
    this.code = code
  }
}
