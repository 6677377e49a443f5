/** Many rows in few statements. What is there already is replaced whole: the rows were read in the same transaction. */
import { type RawBuilder, sql } from 'kysely'
import { prepareRows } from '#server/store/prepared-rows.ts'
import type { ClaimRow, EntryRow, Trx, VisitRow } from '#server/store/schema.ts'

/** Far below what any database takes as parameters of one statement. */
const ROWS = 200

const writeEntries = prepareRows<EntryRow>((q, rows) =>
  q
    .insertInto('entry')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['visit_id', 'entry_no']).doUpdateSet(newValues(rows))),
)

const writeClaims = prepareRows<ClaimRow>((q, rows) =>
  q
    .insertInto('claim')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['visit_id', 'entry_no', 'device_id']).doUpdateSet(newValues(rows))),
)

export async function saveEntries(trx: Trx, rows: readonly EntryRow[]): Promise<void> {
  for (const chunk of chunks(rows)) await writeEntries(trx, chunk)
}

export async function saveClaims(trx: Trx, rows: readonly ClaimRow[]): Promise<void> {
  for (const chunk of chunks(rows)) await writeClaims(trx, chunk)
}

/** A visit that is there gets what its own fact tells; its number stays. */
export async function saveVisits(trx: Trx, rows: readonly VisitRow[]): Promise<void> {
  for (const chunk of chunks(rows)) {
    await trx
      .insertInto('visit')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          issuer_device_id: eb.ref('excluded.issuer_device_id'),
          issued_at: eb.ref('excluded.issued_at'),
          priority: eb.ref('excluded.priority'),
        })),
      )
      .execute()
  }
}

export async function deleteEntries(trx: Trx, rows: readonly EntryRow[]): Promise<void> {
  for (const { visit_id, entry_no } of rows) {
    await trx.deleteFrom('entry').where('visit_id', '=', visit_id).where('entry_no', '=', entry_no).execute()
  }
}

/** Every column as the row that was to be inserted has it. */
function newValues<Row extends object>([first]: readonly Row[]): { [Column in keyof Row]: RawBuilder<Row[Column]> } {
  const columns = Object.keys(first ?? {})
  return Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)])) as {
    [Column in keyof Row]: RawBuilder<Row[Column]>
  }
}

function chunks<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, n) => rows.slice(n * ROWS, (n + 1) * ROWS))
}
