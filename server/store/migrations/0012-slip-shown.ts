/** Whether an entry was opened by a slip that its visitor showed: the dealer's ratio counts calls only, as the desk's does. */
import { type Kysely, sql } from 'kysely'

/** An event with one of these was stored and not applied, so it opened nothing. */
const NOT_APPLIED = sql`'NOT_YOURS', 'UNDECODABLE', 'UNKNOWN_TYPE', 'UNKNOWN_VISIT', 'UNKNOWN_SERVICE', 'LABEL_TAKEN', 'STATUS_CONFLICT'`

type Opening = { type: string; body: string }

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['entry', 'claim']) {
    await db.schema
      .alterTable(table)
      .addColumn('slip_shown', 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
  }
  const devices = await sql<{ id: string }>`select id from device`.execute(db)
  for (const { id } of devices.rows) await markOpenedBySlip(db, id)
  await sql`update entry set slip_shown = 1 where exists (
      select 1 from claim where claim.visit_id = entry.visit_id and claim.entry_no = entry.entry_no
        and claim.device_id = entry.winner_device_id and claim.slip_shown = 1)`.execute(db)
}

/**
 * As the events of this device say that were applied: the last opening of each entry counts. Databases read JSON differently, this
 * program does not.
 */
async function markOpenedBySlip(db: Kysely<unknown>, deviceId: string): Promise<void> {
  const openings = await sql<Opening>`select type, body from event
    where device_id = ${deviceId} and type in ('entry.called', 'entry.presented') and not exists (
      select 1 from finding where finding.device_id = event.device_id and finding.generation = event.generation
        and finding.seq = event.seq and finding.code in (${NOT_APPLIED})) order by generation, seq`.execute(db)
  const last = new Map<string, { visitId: string; entryNo: number; type: string }>()
  for (const { type, body } of openings.rows) {
    const { visitId, entryNo } = (JSON.parse(body) as { data: { visitId: string; entryNo: number } }).data
    last.set(`${visitId}/${entryNo}`, { visitId, entryNo, type })
  }
  for (const { visitId, entryNo, type } of last.values()) {
    if (type !== 'entry.presented') continue
    await sql`update claim set slip_shown = 1
      where visit_id = ${visitId} and entry_no = ${entryNo} and device_id = ${deviceId}`.execute(db)
  }
}
