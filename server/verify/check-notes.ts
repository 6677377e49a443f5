/** Notes against the events that speak of them: each has its row, and a text that is still kept is what its hash says. */
import { personalTextHash, SALT_LENGTH } from '#domain/personal-text.ts'
import { decodeBody } from '#server/push/decode-body.ts'
import { sha256 } from '#server/secrets.ts'
import type { Db, EventRow, NoteRow } from '#server/store/schema.ts'
import type { Fault } from '#server/verify/fault.ts'

type NoteKey = Pick<NoteRow, 'visit_id' | 'entry_no' | 'device_id' | 'value_hash'>

/** The note that an event speaks of; null for every other event. */
export function noteOf(event: EventRow): NoteKey | null {
  if (event.type !== 'entry.noted') return null
  const body = decodeBody(event.body)
  if (body.kind !== 'event' || body.event.type !== 'entry.noted') return null
  const { visitId, entryNo, valueHash } = body.event.data
  return { visit_id: visitId, entry_no: entryNo, device_id: event.device_id, value_hash: valueHash }
}

export async function checkNotes(db: Db, mallId: string, told: readonly NoteKey[]): Promise<Fault[]> {
  const rows = await db.selectFrom('note').selectAll().where('mall_id', '=', mallId).execute()
  const stored = new Set(rows.map(keyOf))
  const expected = new Set(told.map(keyOf))
  const fault = (note: NoteKey, what: string): Fault => ({
    mallId,
    where: `${note.visit_id}/${note.entry_no} (${note.device_id})`,
    what,
  })
  return [
    ...told.filter((note) => !stored.has(keyOf(note))).map((note) => fault(note, 'catatan petugas tidak tersimpan')),
    ...rows.filter((row) => !expected.has(keyOf(row))).map((row) => fault(row, 'catatan petugas tanpa peristiwanya')),
    ...rows.filter((row) => !isProven(row)).map((row) => fault(row, 'isi catatan petugas bukan yang dulu dicatat')),
  ]
}

function isProven({ salt, value, value_hash }: NoteRow): boolean {
  if (salt === null && value === null) return true
  return salt?.length === SALT_LENGTH && value !== null && personalTextHash(sha256, salt, value) === value_hash
}

function keyOf({ visit_id, entry_no, device_id, value_hash }: NoteKey): string {
  return `${visit_id}/${entry_no}/${device_id}/${value_hash}`
}
