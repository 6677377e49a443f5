/** The service log of one day, one row per entry: what the mall reports from. Wording is what officers see on screen. */
import { type Delivered, deliveredBy, deliveredTotal, readDelivered } from '#domain/delivered.ts'
import type { EntryStatus } from '#domain/entry-status.ts'
import type { Outcome, OutOfOrderReason, PriorityGroup } from '#domain/events.ts'
import type { StoredConfig } from '#server/config/import-config.ts'
import { asText, toCsv } from '#server/export/csv.ts'
import type { Db, EntryRow, VisitRow } from '#server/store/schema.ts'

/** CSV text of the mall's entries with this business date, in order of arrival. */
export async function dayLog(db: Db, config: StoredConfig, date: string): Promise<string> {
  const entries = await db
    .selectFrom('entry')
    .innerJoin('visit', 'visit.id', 'entry.visit_id')
    .selectAll('entry')
    .select('visit.requirements_met')
    .where('entry.mall_id', '=', config.mall.id)
    .where('entry.business_date', '=', date)
    .orderBy('entry.ord')
    .execute()
  const names = namesOf(config)
  const byPlace = new Map(entries.map((entry) => [`${entry.visit_id}/${entry.entry_no}`, entry]))
  const rows = entries.map((entry) => ({
    ...entry,
    brought: brought(entry, byPlace.get(`${entry.visit_id}/${entry.entry_no + 1}`)),
  }))
  const cells = rows.map((row) => Object.values(COLUMNS).map((column) => column(row, names)))
  return toCsv([Object.keys(COLUMNS), ...cells])
}

type Logged = EntryRow & Pick<VisitRow, 'requirements_met'>
type LogRow = Logged & { brought: readonly Delivered[] }
type Column = (entry: LogRow, names: Names) => string

const COLUMNS: Readonly<Record<string, Column>> = {
  tanggal: (entry) => entry.business_date,
  MPP: (_entry, names) => names.mall,
  instansi: (entry, names) => names.agencyOfService(entry.service_id),
  layanan: (entry, names) => names.service(entry.service_id),
  loket: (entry, names) => names.counter(entry.counter_id),
  petugas: (entry, names) => names.officerCode(entry.officer_id),
  nomor: (entry) => entry.label,
  kunjungan: (entry) => entry.visit_id,
  'antrean ke-': (entry) => String(entry.entry_no),
  status: (entry) => STATUS[entry.status],
  prioritas: (entry) => (entry.priority ? PRIORITY[entry.priority] : ''),
  // As the front desk ticked it off before the number was given.
  persyaratan: (entry) =>
    entry.requirements_met === null ? '' : entry.requirements_met === 1 ? 'lengkap' : 'belum lengkap',
  terbit: (entry, names) => names.clock(entry.issued_at),
  dipanggil: (entry, names) => names.clock(entry.called_at),
  mulai: (entry, names) => names.clock(entry.serving_at),
  selesai: (entry, names) => names.clock(entry.ended_at),
  'menit tunggu': (entry) => minutes(entry.called_at === null ? null : entry.called_at - entry.waiting_since),
  'menit layanan': (entry) => minutes(entry.served_ms),
  'sesuai standar': (entry, names) => withinStandard(entry, names),
  hasil: (entry) => (entry.outcome ? OUTCOME[entry.outcome] : ''),
  // The mall's tariff is paid to the bank only: where the bank's word is written down, it can be checked.
  // All of them carry the apostrophe: whoever compares the column meets one form only.
  'referensi bank': (entry) => asText(entry.payment_reference ?? ''),
  'dialihkan ke': (entry, names) => names.service(entry.to_service_id),
  // Visits are counted by rows, services here: three cards for one visitor are one visit and three services.
  'layanan diserahkan': ({ brought }, names) =>
    brought.map(({ serviceId, quantity }) => `${names.service(serviceId)} (${quantity})`).join('; '),
  'jumlah layanan': ({ brought, ended_at }) => (ended_at === null ? '' : String(deliveredTotal(brought))),
  // Why an officer called it before its turn; empty when the rule chose it.
  'di luar urutan': (entry) => (entry.out_of_order ? OUT_OF_ORDER[entry.out_of_order] : ''),
}

/** A step of a journey delivers its service and sends the visitor on; any other forward, or another counter for the same step, delivers nothing. */
function brought(entry: EntryRow, next: EntryRow | undefined): readonly Delivered[] {
  const { service_id: serviceId, delivered } = entry
  if (entry.status === 'completed') {
    return deliveredBy({ outcome: entry.outcome, serviceId, delivered: readDelivered(delivered) })
  }
  const isNextStep = next !== undefined && next.journey_id !== null && next.service_id !== serviceId
  const isStepDone = entry.status === 'forwarded' && entry.serving_at !== null && isNextStep
  return isStepDone ? [{ serviceId, quantity: 1 }] : []
}

const STATUS: Readonly<Record<EntryStatus, string>> = {
  waiting: 'Menunggu',
  called: 'Dipanggil',
  serving: 'Dilayani',
  on_hold: 'Ditunda',
  completed: 'Selesai',
  forwarded: 'Dialihkan',
  no_show: 'Tidak Hadir',
  cancelled: 'Batal',
  expired: 'Kedaluwarsa',
  superseded: 'Dilayani di loket lain',
}

const OUT_OF_ORDER: Readonly<Record<OutOfOrderReason, string>> = {
  visitor_asked: 'Permintaan pengunjung',
  companion: 'Datang bersama pengunjung lain',
  urgent: 'Keadaan mendesak',
  other: 'Alasan lain',
}

const PRIORITY: Readonly<Record<PriorityGroup, string>> = {
  disability: 'Penyandang disabilitas',
  elderly: 'Lansia',
  pregnant: 'Ibu hamil/menyusui',
  child: 'Anak-anak',
  disaster_victim: 'Korban bencana',
}

const OUTCOME: Readonly<Record<Outcome, string>> = {
  delivered: 'Terlayani',
  rejected: 'Ditolak',
  incomplete: 'Berkas belum lengkap',
}

/** A minute that has begun counts, so that "menit layanan" and "sesuai standar" never seem to disagree. */
function minutes(ms: number | null): string {
  return ms === null ? '' : String(Math.ceil(Math.max(0, ms) / 60_000))
}

/** Only what was served to its end can be measured against the published time. */
function withinStandard(entry: EntryRow, names: Names): string {
  const standard = names.standardMinutes(entry.service_id)
  if (entry.status !== 'completed' || entry.served_ms === null || standard === null) return ''
  return entry.served_ms <= standard * 60_000 ? 'ya' : 'tidak'
}

type Names = ReturnType<typeof namesOf>

/** Names by id; an id that left the configuration since stands for itself. */
function namesOf(config: StoredConfig) {
  const services = new Map(config.services.map((service) => [service.id, service]))
  const agencies = new Map(config.agencies.map((agency) => [agency.id, agency.name]))
  const counters = new Map(config.counters.map((counter) => [counter.id, counter.name]))
  const officers = new Map(config.officers.map((officer) => [officer.id, officer.code]))
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: config.mall.timeZone, timeStyle: 'medium' })
  const orId = (names: ReadonlyMap<string, string>, id: string | null) => (id === null ? '' : (names.get(id) ?? id))
  return {
    mall: config.mall.name,
    agencyOfService: (id: string) => orId(agencies, services.get(id)?.agencyId ?? ''),
    service: (id: string | null) => (id === null ? '' : (services.get(id)?.name.id ?? id)),
    standardMinutes: (id: string) => services.get(id)?.standardMinutes ?? null,
    counter: (id: string | null) => orId(counters, id),
    officerCode: (id: string | null) => orId(officers, id),
    /** HH:mm:ss in the mall. */
    clock: (at: number | null) => (at === null ? '' : time.format(at)),
  }
}
