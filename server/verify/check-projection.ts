/** Claims and entries, row by row, against what the events say. */
import { fromEntry } from '#server/custody/claims.ts'
import { takenBack, winnerOf } from '#server/custody/settle-entry.ts'
import type { ClaimRow, Db, EntryRow } from '#server/store/schema.ts'
import type { Fault } from '#server/verify/fault.ts'
import { claimKey, type RebuiltClaim, type RebuiltClaims } from '#server/verify/rebuild-claims.ts'

/** The clock was read once for the event's receipt and once for its effect. */
const CLOCK_MS = 5_000

export async function checkProjection(db: Db, mallId: string, rebuilt: RebuiltClaims): Promise<Fault[]> {
  const entries = await db.selectFrom('entry').selectAll().where('mall_id', '=', mallId).orderBy('ord').execute()
  const claims = await db.selectFrom('claim').selectAll().where('mall_id', '=', mallId).execute()
  const labels = new Map(entries.map(({ visit_id, entry_no, label }) => [`${visit_id}/${entry_no}`, label]))
  const stored = new Set(claims.map((claim) => claimKey(claim.visit_id, claim.entry_no, claim.device_id)))
  const faults: Fault[] = []
  const report = (where: string, what: string) => faults.push({ mallId, where, what })
  for (const key of rebuilt.keys()) {
    if (!stored.has(key)) report(key, 'catatan ada, keadaan antreannya tidak tersimpan')
  }
  const byEntry = Map.groupBy(claims, ({ visit_id, entry_no }) => `${visit_id}/${entry_no}`)
  for (const claim of claims) {
    const wrong = wrongColumns(claim, rebuilt.get(claim.visit_id, claim.entry_no, claim.device_id))
    const label = labels.get(`${claim.visit_id}/${claim.entry_no}`) ?? claim.visit_id
    if (wrong.length > 0) {
      report(
        `${label}/${claim.entry_no} di ${claim.counter_id ?? claim.device_id}`,
        `berbeda dari catatannya: ${wrong.join(', ')}`,
      )
    }
  }
  for (const entry of entries) {
    const wrong = wrongView(entry, byEntry.get(`${entry.visit_id}/${entry.entry_no}`) ?? [])
    if (wrong.length > 0)
      report(`${entry.label}/${entry.entry_no}`, `tidak sesuai tindakan loketnya: ${wrong.join(', ')}`)
  }
  return faults
}

/** What an act leaves behind, in the claim and in the entry whose claim counts. */
const RESULT_COLUMNS = [
  ...(['outcome', 'served_ms', 'payment_reference', 'delivered', 'to_service_id'] as const),
  ...(['out_of_order', 'slip_shown'] as const),
]

const CLAIM_COLUMNS = [
  ...(['status', 'strength', 'counter_id', 'officer_id', 'called_at', 'calls', 'serving_at', 'ended_at'] as const),
  ...RESULT_COLUMNS,
]

function wrongColumns(claim: ClaimRow, rebuilt: RebuiltClaim | undefined): string[] {
  // Remembered for an answer to a recall, or for a day that ended: without an event that opened it.
  if (!rebuilt) return claim.strength === 0 && claim.called_at === null ? [] : ['tanpa catatan']
  const { entry, strengthAnew } = rebuilt
  const strength = claim.strength === strengthAnew ? strengthAnew : entry.strength
  const expected = { ...fromEntry(entry), strength }
  return CLAIM_COLUMNS.filter((column) => !isSame(claim[column], expected[column], column.endsWith('_at')))
}

const VIEW_COLUMNS = [
  ...(['status', 'counter_id', 'officer_id', 'called_at', 'serving_at', 'ended_at'] as const),
  ...RESULT_COLUMNS,
]

function wrongView(entry: EntryRow, claims: readonly ClaimRow[]): string[] {
  const byDevice = new Map(claims.map((claim) => [claim.device_id, claim]))
  const winner = winnerOf({ claims: byDevice })
  if (entry.winner_device_id !== (winner?.device_id ?? null)) return ['winner_device_id']
  if (winner) return VIEW_COLUMNS.filter((column) => entry[column] !== winner[column])
  const isExpired = claims.some((claim) => claim.status === 'expired' && claim.device_id === entry.device_id)
  const ended = isExpired ? 'expired' : takenBack({ row: entry, claims: byDevice })?.status
  return entry.status === (ended ?? 'waiting') ? [] : ['status']
}

function isSame(a: unknown, b: unknown, isTime: boolean): boolean {
  if (isTime && typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= CLOCK_MS
  return a === b
}
