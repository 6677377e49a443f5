/** What the server's refusals mean for the desk. */
import type { MallPort } from '#main/host/context.ts'
import { MallError, type MallErrorCode } from '#main/host/sync/mall-client.ts'

export type OfflineReason = Extract<ReturnType<MallPort['connection']>, { state: 'offline' }>['reason']

/** Only a new introduction can settle these. */
const HELLO_SETTLES: ReadonlySet<MallErrorCode> = new Set([
  'HELLO_NEEDED',
  'DEVICE_IN_DOUBT',
  'CHAIN_FORK',
  'CHAIN_GAP',
])

export function isWorthHello(code: MallErrorCode): boolean {
  return HELLO_SETTLES.has(code)
}

export function reasonOf({ code }: MallError): OfflineReason {
  switch (code) {
    case 'UNAUTHORISED':
    case 'FORBIDDEN':
      return 'REFUSED_TOKEN'
    case 'CHAIN_FORK':
    case 'DEVICE_IN_DOUBT':
      return 'IN_DOUBT'
    case 'SERVER_NOT_PINNED':
      return 'NOT_THE_PINNED_SERVER'
    case 'PROTOCOL_UNSUPPORTED':
      return 'PROTOCOL_UNSUPPORTED'
    // These heal by the next hello, as a lost network does by the next try.
    case 'HELLO_NEEDED':
    case 'CHAIN_GAP':
    case 'UNREACHABLE':
      return 'UNREACHABLE'
    default:
      return 'SERVER_ERROR'
  }
}

export function enrolmentRefusal(error: unknown) {
  if (!(error instanceof MallError)) throw error
  const { code } = error
  if (code === 'UNREACHABLE') return 'SERVER_UNREACHABLE'
  if (code === 'TOO_MANY_REQUESTS') return 'TOO_MANY_TRIES'
  if (code === 'SERVER_NOT_PINNED' || code === 'NOT_A_MALL_SERVER' || code === 'ENROLMENT_CODE_INVALID') return code
  return 'ENROLMENT_REFUSED'
}
