/**
 * The mall server's tables as types. Plain columns only (text and integers; times are epoch ms), so that the same
 * queries run on another database: see migrations/ for what each is bound by.
 */
import type { Selectable } from 'kysely'
import type { FindingCode } from '#contract/wire.ts'
import type { EntryStatus } from '#domain/entry-status.ts'
import type { Fact, Outcome, PriorityGroup } from '#domain/events.ts'

export type { Db, Trx } from '#server/store/db.ts'

export type Schema = {
  server_state: ServerStateTable
  sequence: SequenceTable
  config_version: ConfigVersionTable
  device: DeviceTable
  enrolment_code: EnrolmentCodeTable
  counter_session: CounterSessionTable
  visit: VisitTable
  entry: EntryTable
  event: EventTable
  number_series: NumberSeriesTable
  number_lease: NumberLeaseTable
  personal_text: PersonalTextTable
  change: ChangeTable
}

/** One row. A server restored from a backup begins a new incarnation; grants order by (incarnation, n). */
type ServerStateTable = { id: 1; incarnation: number; created_at: number }

/** Running numbers that are never handed out twice: order of arrival, grants, changes, slots. */
type SequenceTable = { name: string; value: number }

/** `seal` is a salted scrypt hash of the whole file's content, PINs included: it tells whether a file is the same. */
type ConfigVersionTable = { version: number; mall_id: string; seal: string; body: string; imported_at: number }

type DeviceTable = {
  id: string
  token_hash: string
  role_kind: 'counter' | 'front_desk'
  /** The counter's or front desk's id in the configuration. */
  place_id: string
  name: string
  slot: number
  generation: number
  enrolled_at: number
  revoked_at: number | null
}

type EnrolmentCodeTable = {
  code_hash: string
  role_kind: 'counter' | 'front_desk'
  place_id: string
  created_at: number
  expires_at: number
  used_at: number | null
  device_id: string | null
}

/** The newest epoch of a counter is its session; an older one is over even when its PC does not know yet. */
type CounterSessionTable = {
  counter_id: string
  epoch: number
  device_id: string
  opened_at: number
  closed_at: number | null
}

type VisitTable = {
  id: string
  label: string
  business_date: string
  priority: PriorityGroup | null
  issued_at: number
  issuer_device_id: string
}

type EntryTable = {
  visit_id: string
  entry_no: number
  service_id: string
  status: EntryStatus
  label: string
  business_date: string
  priority: PriorityGroup | null
  journey_id: string | null
  issued_at: number
  waiting_since: number
  /** Server sequence of arrival. */
  ord: number
  /** Custody: counter, device and grant are all set or all null. They stay after the entry has ended. */
  counter_id: string | null
  device_id: string | null
  grant_incarnation: number | null
  grant_n: number | null
  called_at: number | null
  serving_at: number | null
  ended_at: number | null
  officer_id: string | null
  outcome: Outcome | null
  served_ms: number | null
  to_service_id: string | null
}

/** The facts as they came; the database refuses to change or delete them. `type` is null for an undecodable body. */
type EventTable = {
  device_id: string
  seq: number
  hash: string
  prev_hash: string
  body: string
  type: Fact['type'] | null
  received_at: number
  finding: FindingCode | null
}

type NumberSeriesTable = { business_date: string; prefix: string; next: number }

type NumberLeaseTable = {
  request_id: string
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
  value_hash: string
  salt: string | null
  value: string | null
  stored_at: number | null
}

/** What devices are told, in order. `body` is the exact JSON of one Change. */
type ChangeTable = { seq: number; audience: string; business_date: string | null; body: string }

export type EntryRow = Selectable<EntryTable>
export type SessionRow = Selectable<CounterSessionTable>
