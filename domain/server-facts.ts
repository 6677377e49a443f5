/**
 * The facts of the mall server itself: what people decided there and what happened to it. They stand in a chain of the mall's
 * own, beside the chains of the devices, so that a reclaim can be proven as well as a call.
 */
import type { EntryRef, GrantNo } from '#domain/events.ts'

/** A supervisor confirmed that a desk is stopped: what it had waits again, its session is over. */
export type CounterReclaimed = {
  deviceId: string
  /** Null for a device that never opened its counter. */
  counterId: string | null
  epoch: number | null
  entries: readonly (EntryRef & { grant: GrantNo })[]
}

/** A device that will not come back no longer holds up what is older than the restore. */
export type DeviceDismissed = { deviceId: string; incarnation: number }

/** A doubt was settled: the device goes on with a new chain. */
export type DeviceReadmitted = { deviceId: string; generation: number }

/** The device's token is good for nothing from now on. */
export type DeviceRevoked = { deviceId: string }

/** `hash` is SHA-256 over the stored configuration. */
export type ConfigImported = { version: number; hash: string }

export type IncarnationReason =
  /** `restore` was run. */
  | 'restored'
  /** A device showed a head that this server signed and does not have. */
  | 'found_restored'

export type IncarnationBegun = { incarnation: number; reason: IncarnationReason }

export type ServerFact =
  | { type: 'counter.reclaimed'; data: CounterReclaimed }
  | { type: 'device.dismissed'; data: DeviceDismissed }
  | { type: 'device.readmitted'; data: DeviceReadmitted }
  | { type: 'device.revoked'; data: DeviceRevoked }
  | { type: 'config.imported'; data: ConfigImported }
  | { type: 'incarnation.begun'; data: IncarnationBegun }

/** Who decided: an officer of the configuration, the technician at the server's own console, or nobody but the server. */
export type DecidedBy = { officerId: string } | 'technician' | 'server'

/** What is hashed: the fact and its circumstances. */
export type ServerFactBody = ServerFact & {
  v: 1
  /** The id that the server has in this mall's chains. */
  device: string
  generation: number
  seq: number
  /** Epoch ms by the server's clock. */
  at: number
  by: DecidedBy
}
