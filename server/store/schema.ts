/**
 * The mall server's tables as types. Plain columns only (text and integers; times are epoch ms; 0 and 1 for no and yes), so
 * that the same queries run on SQLite and PostgreSQL: see migrations/ for what each is bound by. A database may hold
 * several malls: every row says whose it is.
 */
import type { Selectable } from 'kysely'
import type { FindingCode } from '#contract/wire/finding.ts'
import type { Strength } from '#domain/claim.ts'
import type { EntryStatus } from '#domain/entry-status.ts'
import type { Outcome, OutOfOrderReason, PriorityGroup, RankReason, TransferPlace } from '#domain/events.ts'

export type { Db, Trx } from '#server/store/db.ts'

export type Schema = {
  server_state: ServerStateTable
  incarnation: IncarnationTable
  server_secret: ServerSecretTable
  mall: MallTable
  sequence: SequenceTable
  config_version: ConfigVersionTable
  device: DeviceTable
  enrolment_code: EnrolmentCodeTable
  counter_session: CounterSessionTable
  barrier: BarrierTable
  visit: VisitTable
  entry: EntryTable
  claim: ClaimTable
  event: EventTable
  finding: FindingTable
  number_series: NumberSeriesTable
  number_lease: NumberLeaseTable
  personal_text: PersonalTextTable
  note: NoteTable
  slip_key: SlipKeyTable
  appointment: AppointmentTable
  change: ChangeTable
  supervisor_attempt: SupervisorAttemptTable
}

/** One row for all malls. A server restored from a backup begins a new incarnation; grants order by (incarnation, n). */
type ServerStateTable = { id: 1; incarnation: number; created_at: number }

/** Every incarnation and when it began: numbers of a day begin a fresh series after each restore of that day. */
type IncarnationTable = { n: number; began_at: number }

type ServerSecretTable = { name: string; value: string }

/** The row that is locked while a mall changes, on databases that lock rows. `server_device_id` writes the server's own chain. */
type MallTable = { id: string; server_device_id: string | null }

/** Running numbers that are never handed out twice: order of arrival, grants, changes, slots. */
type SequenceTable = { mall_id: string; name: string; value: number }

/** `seal` is a salted scrypt hash of the whole file's content, PINs included: it tells whether a file is the same. */
type ConfigVersionTable = { mall_id: string; version: number; seal: string; body: string; imported_at: number }

type DeviceTable = {
  id: string
  mall_id: string
  token_hash: string
  /** `server` writes the server's own chain and never connects. */
  role_kind: 'counter' | 'front_desk' | 'server'
  /** The counter's or front desk's id in the configuration. */
  place_id: string
  name: string
  slot: number
  generation: number
  enrolled_at: number
  revoked_at: number | null
  /** Hashes: the nonce that the device has shown, and the one it was offered since. */
  nonce_confirmed: string | null
  /** When its newest hello was answered. */
  hello_at: number | null
  /** Several, with blanks between them, when answers were lost. */
  nonce_offered: string | null
  /** Set while this identity may live twice: nothing is dealt to it and nothing taken from it. */
  doubt_at: number | null
  doubt_reason: string | null
  /** The incarnation that the device has adopted; its events up to `adopted_seq` are older than that. */
  incarnation: number
  adopted_seq: number
  heartbeat_at: number | null
  heartbeat_epoch: number | null
  heartbeat_incarnation: number | null
}

type EnrolmentCodeTable = {
  code_hash: string
  mall_id: string
  role_kind: 'counter' | 'front_desk'
  place_id: string
  created_at: number
  expires_at: number
  used_at: number | null
  device_id: string | null
}

/** The newest epoch of a counter is its session; an older one is over even when its PC does not know yet. */
type CounterSessionTable = {
  mall_id: string
  counter_id: string
  epoch: number
  device_id: string
  opened_at: number
  closed_at: number | null
  paused: number
  /** JSON list of the services that it takes; null: all of the counter's. */
  chosen_services: string | null
  /** When a supervisor ended it, because the desk is stopped. */
  reclaimed_at: number | null
}

/** Devices that may hold something this restored server does not know. */
type BarrierTable = { device_id: string; mall_id: string; incarnation: number }

type VisitTable = {
  id: string
  mall_id: string
  label: string
  business_date: string
  priority: PriorityGroup | null
  issued_at: number
  /** Null until its own `visit.issued` came: a call or a slip told of it first. */
  issuer_device_id: string | null
  /** Null where the service asks for nothing, or nobody looked. */
  requirements_met: number | null
}

/** The view of an entry: what its winning claim says, or that it waits. */
type EntryTable = {
  visit_id: string
  entry_no: number
  mall_id: string
  service_id: string
  /** Transferred to this counter: no other is dealt it. */
  for_counter_id: string | null
  status: EntryStatus
  label: string
  business_date: string
  priority: PriorityGroup | null
  journey_id: string | null
  issued_at: number
  waiting_since: number
  appointment_at: number | null
  /** Since when it counts as waiting: `waiting_since` unless `rank_by` says why not. */
  rank_since: number
  rank_by: RankReason | null
  /** 1 when it is before everybody. */
  goes_first: number
  /** Where the visit goes on when this entry is completed; all null unless it was transferred with a way back. */
  returns_service_id: string | null
  returns_counter_id: string | null
  returns_journey_id: string | null
  /** Server sequence of arrival. */
  ord: number
  /** The server's incarnation that it was born in; older ones are not dealt while a device is behind the barrier. */
  born_incarnation: number
  /** 1 when an agency has written something down about the visit: whoever of it is given the entry is told to read. */
  noted: number
  /** The device whose forward opened it; null for an issued or presented one. */
  opened_by: string | null
  /** Custody: device and grant are all set or all null. They stay after the entry has ended. */
  counter_id: string | null
  device_id: string | null
  grant_incarnation: number | null
  grant_n: number | null
  /** Whose claim the columns below show; null while nobody has opened it. */
  winner_device_id: string | null
  /** Of the present grant. */
  recall_asked_at: number | null
  recall_answer: 'in_service' | 'gone' | null
  /** The device that waits for the answer and gets the entry if it comes. */
  recall_for: string | null
  called_at: number | null
  serving_at: number | null
  ended_at: number | null
  officer_id: string | null
  outcome: Outcome | null
  served_ms: number | null
  payment_reference: string | null
  /** Canonical JSON of the list; null when nothing was said of it. */
  delivered: string | null
  to_service_id: string | null
  out_of_order: OutOfOrderReason | null
  /** 1 when it was not called: its visitor showed the slip at the desk. */
  slip_shown: number
}

/** What one device did with an entry: the fold of its events, as its own log has it. */
type ClaimTable = {
  visit_id: string
  entry_no: number
  device_id: string
  mall_id: string
  status: EntryStatus
  strength: Strength
  /**
   * `active` competes with its strength. `given_back`: answered to a recall before the events came; those under this grant
   * are history. `reclaimed`: taken by a supervisor; a real act that comes later makes it active again. `asserted`: what the device
   * has under this grant it said after a restore; what it did under others before it said so is history.
   */
  standing: 'active' | 'given_back' | 'reclaimed' | 'asserted'
  grant_incarnation: number
  grant_n: number
  counter_id: string | null
  officer_id: string | null
  epoch: number | null
  called_at: number | null
  calls: number
  serving_at: number | null
  ended_at: number | null
  outcome: Outcome | null
  served_ms: number | null
  served_estimated: number | null
  payment_reference: string | null
  /** Canonical JSON of the list; null when nothing was said of it. */
  delivered: string | null
  to_service_id: string | null
  /** Of a forward or transfer: what the next entry needs to know. */
  to_counter_id: string | null
  to_journey_id: string | null
  /** Of a transfer: where in line, null for its end, and the way back that the next entry promises. */
  to_place: TransferPlace | null
  to_returns_service_id: string | null
  to_returns_counter_id: string | null
  to_returns_journey_id: string | null
  out_of_order: OutOfOrderReason | null
  /** 1 when it was not called: its visitor showed the slip at the desk. */
  slip_shown: number
}

/** The facts as they came; the database refuses to change or delete them. `type` is null for an undecodable body. */
type EventTable = {
  device_id: string
  generation: number
  seq: number
  mall_id: string
  hash: string
  prev_hash: string
  body: string
  type: string | null
  received_at: number
}

/** What was remarkable about an event. */
type FindingTable = {
  device_id: string
  generation: number
  seq: number
  code: FindingCode
  mall_id: string
  found_at: number
}

type NumberSeriesTable = { mall_id: string; business_date: string; prefix: string; next: number }

type NumberLeaseTable = {
  request_id: string
  mall_id: string
  device_id: string
  service_id: string
  business_date: string
  first: number
  last: number
  leased_at: number
}

/** Hash and place come from the event; salt and value follow apart and can be purged. */
type PersonalTextTable = {
  visit_id: string
  entry_no: number
  key: string
  device_id: string
  mall_id: string
  value_hash: string
  salt: string | null
  value: string | null
  stored_at: number | null
}

/** Hash and circumstances come from the event; salt and value follow apart, are for `agency_id` alone, and are purged. */
type NoteTable = {
  visit_id: string
  entry_no: number
  device_id: string
  value_hash: string
  mall_id: string
  /** Of the counter then; null when the configuration did not know the counter. */
  agency_id: string | null
  counter_id: string | null
  officer_id: string | null
  noted_at: number
  salt: string | null
  value: string | null
}

type SlipKeyTable = { mall_id: string; key_id: string; business_date: string; secret: string }

/** A booking; `used_by` is the visit that came of it. */
type AppointmentTable = {
  mall_id: string
  code: string
  service_id: string
  business_date: string
  at: number
  used_by: string | null
}

/** What devices are told, in order. `body` is the exact JSON of one Change. */
type ChangeTable = { mall_id: string; seq: number; audience: string; business_date: string | null; body: string }

/** Wrong PINs of a supervisor since the last right one. */
type SupervisorAttemptTable = { mall_id: string; officer_id: string; failures: number; locked_until: number }

export type VisitRow = Selectable<VisitTable>
export type EntryRow = Selectable<EntryTable>
export type ClaimRow = Selectable<ClaimTable>
export type SessionRow = Selectable<CounterSessionTable>
export type DeviceRow = Selectable<DeviceTable>
export type NoteRow = Selectable<NoteTable>
export type EventRow = Selectable<EventTable>
