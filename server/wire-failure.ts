/** A refusal that the caller is told: every error leaves the server as {code, message}. */
import type { z } from 'zod'
import type { WireErrorCode } from '#contract/wire/errors.ts'

const STATUS: Readonly<Record<WireErrorCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORISED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  ENROLMENT_CODE_INVALID: 403,
  COUNTER_NOT_OPEN: 409,
  HELLO_NEEDED: 409,
  DEVICE_IN_DOUBT: 409,
  PROTOCOL_UNSUPPORTED: 426,
  CHAIN_GAP: 409,
  CHAIN_FORK: 409,
  CHAIN_BROKEN: 400,
  NUMBERS_EXHAUSTED: 409,
  QUOTA_REACHED: 409,
  TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
}

export class WireFailure extends Error {
  readonly code: WireErrorCode
  readonly statusCode: number

  constructor(code: WireErrorCode, message: string) {
    super(message)
    this.name = 'WireFailure'
    this.code = code
    this.statusCode = STATUS[code]
  }
}

/** A body or another part of a request that has not its shape. The first few places are named. */
export function wrongShape(part: string, places: readonly string[]): WireFailure {
  return new WireFailure('BAD_REQUEST', `${part}: ${places.slice(0, 5).join('; ')}`)
}

/** The same for a body that a shape of contract/wire has turned down. */
export function wrongBody({ issues }: z.ZodError): WireFailure {
  return wrongShape(
    'body',
    issues.map(({ path, message }) => `/${path.join('/')} ${message}`),
  )
}
