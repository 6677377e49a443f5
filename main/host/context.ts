/** What every use case is given: the store, the ports, and the little that the host remembers beside the store. */
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { EnrolmentCodeParts } from '#contract/enrolment-code.ts'
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { Connection } from '#contract/snapshot.ts'
import type { EnrolReply } from '#contract/wire/enrolment.ts'
import type { OutlookReply } from '#contract/wire/front-desk.ts'
import type { ClaimReply, ClaimRequest, Grant, TakersReply, WantedReply } from '#contract/wire/hands.ts'
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import type { Sha256 } from '#domain/chain.ts'
import type { EntryRef } from '#domain/events.ts'
import type { Identity } from '#main/host/identity.ts'
import type { Clock, Ids, LedPort, PrinterPort, VoicePort } from '#main/host/ports.ts'
import type { Presence } from '#main/host/presence.ts'
import type { SlipKeys } from '#main/host/slip-keys.ts'
import type { Withhold } from '#main/host/withhold.ts'

/** The mall server as use cases see it. Nothing here throws; a silent server is an answer, not an exception. */
export type MallPort = {
  connection(): z.infer<typeof Connection>
  isOnline(): boolean
  /**
   * Asks for a better entry. At most 250 ms, at once when offline. What was granted is not in the hand yet: the caller takes
   * it with the transaction that plays the hand, which saves one (takeGrant).
   */
  improve(): Promise<readonly Grant[]>
  /** Asks for this very entry; like improve, what was granted is not in the hand yet. Null when the server is silent. */
  want(ref: EntryRef): Promise<WantedReply | null>
  /** May a slip be served here? Puts what was granted into the hand. At most 250 ms, `silent` at once when offline. */
  claim(request: ClaimRequest): Promise<ClaimAnswer>
  /** The epoch under which this PC may open its counter. */
  openCounter(): Promise<
    { ok: true; session: { counterId: string; epoch: number } } | { ok: false; code: 'UNREACHABLE' | 'REFUSED' }
  >
  /** Which other counters take this counter's services now; null when the server cannot be asked. */
  takers(): Promise<TakersReply['services'] | null>
  /** Fetches a block of numbers into the store. `none`: cut off, or the server gave none for another reason than the quota. */
  leaseNumbers(serviceId: string, businessDate: string): Promise<'leased' | 'quota_reached' | 'none'>
  /** What the server said last about the wait and the quotas, unless that is too long ago. */
  outlook(): OutlookReply | null
  enrol(
    serverUrl: string,
    code: EnrolmentCodeParts,
    deviceName: string,
    /** `fingerprint` of the server's certificate in hex; null without TLS. */
  ): Promise<{ ok: true; reply: EnrolReply; fingerprint: string | null } | { ok: false; code: EnrolmentRefusal }>
  /** Something was committed: send it when possible. */
  wake(): void
  /** The workstation was enrolled: fetch the configuration and begin to follow the server. */
  start(): Promise<void>
}

export type ClaimAnswer =
  | { kind: 'granted' | 'finished' | 'silent' }
  | { kind: 'in_service'; counterId: string | null }
  | Extract<ClaimReply, { kind: 'holder_silent' }>

type EnrolmentRefusal =
  | 'SERVER_UNREACHABLE'
  | 'SERVER_NOT_PINNED'
  | 'NOT_A_MALL_SERVER'
  | 'ENROLMENT_CODE_INVALID'
  | 'ENROLMENT_REFUSED'
  | 'TOO_MANY_TRIES'

/** What both the use cases and the steps of the sync engine work on: no network, no devices, no screens. */
export type CoreContext = {
  store: Store
  repositories: Repositories
  sha256: Sha256
  clock: Clock
  log: Logger
  identity: Identity
  withhold: Withhold
  slipKeys: SlipKeys
  /** The configuration in force, or null before enrolment. */
  config(): DeviceConfig | null
  /** Uses a configuration from now on, after it was stored. */
  setConfig(config: DeviceConfig): void
}

export type HostContext = CoreContext & {
  ids: Ids
  led: LedPort
  printer: PrinterPort
  voice: VoicePort
  mall: MallPort
  /** Language of slips and receipts. */
  language: 'id' | 'en'
  /** The start of the shell that this host belongs to. */
  launchId: string
  /** Somebody works here: the screen does not lock itself for a while. */
  presence: Presence
  /** Tells the screens that something changed. Cheap; snapshots are built later and once. */
  changed(): void
}

/**
 * The mall's time: the server's at the last contact plus monotonic time, so a PC clock that jumps moves nothing. After a restart
 * of the PC its own clock plus the last measured offset.
 */
export function mallNow({ clock, repositories }: Pick<CoreContext, 'clock' | 'repositories'>): number {
  const basis = repositories.device.timeBasis()
  if (basis?.anchor_boot === clock.bootId && basis.anchor_server !== null && basis.anchor_mono !== null) {
    return Math.round(basis.anchor_server + clock.mono() - basis.anchor_mono)
  }
  return clock.now() + (basis?.clock_offset ?? 0)
}
