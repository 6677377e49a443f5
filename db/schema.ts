/** The workstation's tables as Kysely sees them. Times are epoch ms, booleans 0/1, `priority` null for regular visitors. */
import type { Generated } from 'kysely'
import type { Strength } from '#domain/claim.ts'
import type { EntryStatus } from '#domain/entry-status.ts'
import type { HoldReason, Outcome, PauseReason, PriorityGroup } from '#domain/events.ts'
import type { HandState } from '#domain/hand.ts'

/**
 * The append-only log, a chain of its own for each generation. `prevHash` of an event is the hash of the row before. UPDATE and
 * DELETE are refused by triggers.
 */
export type EventTable = { generation: number; seq: number; hash: string; type: string; body: string }

/** Projection of entry.* events: one row per entry this counter acted on. Rebuilds from `event` alone. */
export type EntryTable = {
  visit_id: string
  entry_no: number
  status: EntryStatus
  label: string
  business_date: string
  service_id: string
  priority: PriorityGroup | null
  journey_id: string | null
  issued_at: number
  waiting_since: number
  counter_id: string | null
  officer_id: string | null
  called_at: number | null
  calls: number
  serving_at: number | null
  ended_at: number | null
  outcome: Outcome | null
  served_ms: number | null
  served_estimated: number | null
  payment_reference: string | null
  to_service_id: string | null
  grant_incarnation: number
  grant_n: number
  strength: Strength
  hold_reason: HoldReason | null
  held_at: number | null
}

/** Projection of visit.issued and visit.issued_here events. Rebuilds from `event` alone. */
export type VisitTable = {
  visit_id: string
  label: string
  business_date: string
  service_id: string
  priority: PriorityGroup | null
  journey_id: string | null
  issued_at: number
}

/** Control rows: what this counter has in custody, and had. A row stays so that a late or repeated grant cannot revive it. */
export type HandTable = {
  visit_id: string
  entry_no: number
  incarnation: number
  grant_n: number
  state: HandState
  label: string
  business_date: string
  service_id: string
  priority: PriorityGroup | null
  is_priority: number
  journey_id: string | null
  issued_at: number
  waiting_since: number
  ord: number
}

/** A grant of the entry up to this one is void, should it still come. */
export type TombstoneTable = { visit_id: string; entry_no: number; incarnation: number; n: number }

/** Mirror of the server's waiting list for the services of this desk. */
type QueueTable = {
  visit_id: string
  entry_no: number
  label: string
  business_date: string
  service_id: string
  priority: PriorityGroup | null
  waiting_since: number
  ord: number
  counter_id: string | null
}

/** One row (id 1): the session of this desk. */
export type DeskTable = {
  id: number
  counter_id: string | null
  epoch: number | null
  open: number
  paused: number
  officer_id: string | null
  /** The start of the shell in which the officer signed in. */
  launch_id: string | null
  regulars_since_priority: number | null
  /** Monotonic start of serving and the boot it belongs to. */
  serving_mono: number | null
  serving_boot: string | null
  /** Of the present pause; null when the counter is not paused. Times are the mall's. */
  pause_reason: PauseReason | null
  pause_since: number | null
  pause_back_at: number | null
  pause_scheduled: number
  /** Since when the counter has been open and not paused. */
  working_since: number | null
  /** JSON list of service ids; null: the counter takes all of its services. */
  chosen_services: string | null
  /** Since when the screen has been locked. */
  locked_since: number | null
}

/** The pause that the mall's schedule begins at `planned_from` was put off until then; to its end: it is left out. */
type PausePutOffTable = { planned_from: number; put_off_until: number }

/** One row (id 1) once enrolled: who this workstation is to the server, and how far both agree. */
export type DeviceTable = {
  id: number
  device_id: string
  token: string
  generation: number
  slot: number
  role_kind: 'counter' | 'front_desk'
  role_id: string
  server_url: string
  acked_seq: number
  cursor: number
  /** Server clock minus this PC's clock, ms. */
  clock_offset: number | null
  /** PC clock when the connection was lost; null while connected. */
  offline_since: number | null
  /** What the next hello says; null before the first one. */
  nonce: string | null
  /** Incarnation of the server that this device has introduced itself to; 0 before the first hello. */
  incarnation: number
  /** The incarnation that still waits for this device's assertion. */
  asserting: number | null
  /** Verifies the signed heads; null on a workstation that was enrolled before there were any. */
  server_key: string | null
  /** SHA-256 of the server's certificate in hex; null for a server on this PC, reached without TLS. */
  server_fingerprint: string | null
  /** The newest head that the server signed. */
  signed_generation: number | null
  signed_seq: number | null
  signed_hash: string | null
  signature: string | null
  /** 1 when the server said that this identity is in doubt, until it says hello again. */
  in_doubt: number
  /** Server time at the last contact, and the monotonic time of that moment in that boot. */
  anchor_server: number | null
  anchor_mono: number | null
  anchor_boot: string | null
}

/** Chains of earlier generations of which the server may still miss something. */
type OlderChainTable = { generation: number; acked_seq: number }

/** What the server found about an event of this device. An event never changes; this stands beside it. */
export type FindingTable = { generation: number; seq: number; code: string; found_at: number; settled: number }

/** Changes of a kind that this program does not know yet. */
type ParkedTable = { cursor: number; body: string }

/** The mall's keys for slips, sealed under this device's token. */
export type SlipKeyTable = { key_id: string; business_date: string; sealed: string }

type ConfigTable = { id: number; version: number; body: string }
type CommandTable = { command_id: string; result: string; at: number }
type PinAttemptTable = { officer_id: string; failures: number; locked_until: number }
type NumberLeaseTable = { service_id: string; business_date: string; from_n: number; to_n: number; next_n: number }
type DeskSeriesTable = { business_date: string; next_n: number }

/** Purgeable personal text; the event holds only its salted hash. */
type PersonalTextTable = {
  visit_id: string
  entry_no: number
  key: string
  salt: string
  value: string
  /** 1 when it has to be sent. */
  unsent: number
  /** 1 when it was written here, 0 when received. */
  own: number
}

export type PrintJobTable = {
  /** Order of arrival. */
  n: Generated<number>
  id: string
  created_at: number
  kind: 'slip' | 'receipt'
  label: string
  document: string
  bytes: Buffer | null
  state: 'queued' | 'sending' | 'handed_over' | 'confirmed' | 'unknown' | 'failed'
  code: string | null
  attempts: number
  /** 1 once an officer answered for an unknown or failed job. */
  settled: number
}

export type Tables = {
  event: EventTable
  entry: EntryTable
  visit: VisitTable
  hand: HandTable
  tombstone: TombstoneTable
  queue: QueueTable
  desk: DeskTable
  pause_put_off: PausePutOffTable
  device: DeviceTable
  older_chain: OlderChainTable
  finding: FindingTable
  parked: ParkedTable
  slip_key: SlipKeyTable
  config: ConfigTable
  command: CommandTable
  pin_attempt: PinAttemptTable
  number_lease: NumberLeaseTable
  desk_series: DeskSeriesTable
  personal_text: PersonalTextTable
  print_job: PrintJobTable
}
