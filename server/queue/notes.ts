/** Texts of notes: for the agency that wrote them, and for as many days as the mall keeps them. The hash is the fact and stays. */
import type { NoteText, VisitNote } from '#contract/wire/texts.ts'
import { personalTextHash } from '#domain/personal-text.ts'
import type { Device } from '#server/auth.ts'
import type { Mall } from '#server/config/mall.ts'
import type { MallContext } from '#server/context.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { heldEntryNo, OPEN_STATUSES } from '#server/queue/held-entry.ts'
import { keptSince } from '#server/queue/kept-since.ts'
import type { Touched } from '#server/queue/touched.ts'
import { sha256 } from '#server/secrets.ts'
import type { Db, NoteRow, Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

/** All or none. NOT_FOUND: no event of this device speaks of such a text; push the event first. */
export async function storeNotes(context: MallContext, device: Device, notes: readonly NoteText[]): Promise<number> {
  return changeMall(context, async (trx, touched) => {
    for (const note of notes) {
      const row = await expectedNote(trx, device, note)
      // One that comes when its time is over is taken from the desk and kept nowhere.
      if (row.noted_at < keptSince(context)) continue
      await setText(trx, row, note)
      await tellAgency(trx, touched, context, row)
    }
    return notes.length
  })
}

async function expectedNote(trx: Trx, device: Device, { visitId, entryNo, salt, value }: NoteText): Promise<NoteRow> {
  const row = await trx
    .selectFrom('note')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where('entry_no', '=', entryNo)
    .where('device_id', '=', device.id)
    .where('value_hash', '=', personalTextHash(sha256, salt, value))
    .executeTakeFirst()
  if (row) return row
  throw new WireFailure('NOT_FOUND', `no event of this device speaks of this note about entry ${visitId}/${entryNo}`)
}

async function setText(trx: Trx, row: NoteRow, { salt, value }: NoteText): Promise<void> {
  await trx
    .updateTable('note')
    .set({ salt, value })
    .where('visit_id', '=', row.visit_id)
    .where('entry_no', '=', row.entry_no)
    .where('device_id', '=', row.device_id)
    .where('value_hash', '=', row.value_hash)
    .execute()
}

/** The text comes after its event, and often after the grant: whoever of the agency has the visit now reads again. */
async function tellAgency(trx: Trx, touched: Touched, { mallId, mall }: MallContext, note: NoteRow): Promise<void> {
  const open = await trx
    .selectFrom('entry')
    .selectAll()
    .where('visit_id', '=', note.visit_id)
    .where('mall_id', '=', mallId)
    .where('status', 'in', OPEN_STATUSES)
    .execute()
  for (const row of open) {
    const isForAgency = note.agency_id !== null && agencyOf(mall, row.counter_id) === note.agency_id
    if (row.device_id !== null && row.device_id !== note.device_id && isForAgency) touched.tellNoted(row, row.device_id)
  }
}

function agencyOf(mall: Mall, counterId: string | null): string | null {
  return mall.counters.get(counterId ?? '')?.agencyId ?? null
}

/** Only for the device that holds an open entry of the visit, and only what counters of its own agency wrote. */
export async function readNotes(
  context: MallContext,
  device: Device,
  counterId: string,
  visitId: string,
): Promise<VisitNote[]> {
  const { db, mallId, mall } = context
  await heldEntryNo(context, device, visitId)
  const rows = await db
    .selectFrom('note')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where('mall_id', '=', mallId)
    .where('agency_id', '=', agencyOf(mall, counterId))
    .orderBy('noted_at')
    .execute()
  return rows.flatMap(({ entry_no, salt, value, counter_id, officer_id, noted_at }) =>
    salt !== null && value !== null
      ? { visitId, entryNo: entry_no, salt, value, counterId: counter_id, officerId: officer_id, notedAt: noted_at }
      : [],
  )
}

/** Removes the texts whose days are over; hashes stay, and with them the proof. Returns how many there were. */
export async function forgetNotes(db: Db, context: Pick<MallContext, 'mallId' | 'mall' | 'now'>): Promise<number> {
  const { mallId } = context
  const { numUpdatedRows } = await db.transact(mallId, (trx) =>
    trx
      .updateTable('note')
      .set({ salt: null, value: null })
      .where('mall_id', '=', mallId)
      .where('noted_at', '<', keptSince(context))
      .where('value', 'is not', null)
      .executeTakeFirstOrThrow(),
  )
  return Number(numUpdatedRows)
}
