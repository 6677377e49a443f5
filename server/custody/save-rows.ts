/** Writes rows of visits. What is there already gets what may have changed: the rows were read in the same transaction. */
import { type RawBuilder, sql, type UpdateResult } from 'kysely'
import { manyRows } from '#server/store/many-rows.ts'
import { type Prepared, prepare } from '#server/store/prepared.ts'
import type { ClaimRow, EntryRow, Trx, VisitRow } from '#server/store/schema.ts'

/** What names a row never changes; written again, it would cost a look at every index and every parent. */
const ENTRY_KEY = ['visit_id', 'entry_no'] as const
const CLAIM_KEY = ['visit_id', 'entry_no', 'device_id'] as const

export const saveEntries = manyRows<EntryRow>((q, rows) =>
  q
    .insertInto('entry')
    .values(rows)
    .onConflict((conflict) => conflict.columns(ENTRY_KEY).doUpdateSet(newValues(rows, [...ENTRY_KEY, 'mall_id']))),
)

type Update = Prepared<EntryRow, UpdateResult>
const updates = new Map<string, Update>()

/** Only these columns, so that only the indexes that hold one of them are looked at. */
export async function updateEntry(trx: Trx, row: EntryRow, columns: ReadonlySet<keyof EntryRow>): Promise<void> {
  const sorted = [...columns].sort()
  const name = sorted.join()
  const update = updates.get(name) ?? entryUpdate(sorted)
  updates.set(name, update)
  await update(trx, row)
}

function entryUpdate(columns: readonly (keyof EntryRow)[]): Update {
  return prepare((q, param) =>
    q
      .updateTable('entry')
      .set(Object.fromEntries(columns.map((column) => [column, param(column)])))
      .where('visit_id', '=', param('visit_id'))
      .where('entry_no', '=', param('entry_no')),
  )
}

export const saveClaims = manyRows<ClaimRow>((q, rows) =>
  q
    .insertInto('claim')
    .values(rows)
    .onConflict((conflict) => conflict.columns(CLAIM_KEY).doUpdateSet(newValues(rows, [...CLAIM_KEY, 'mall_id']))),
)

/** A visit that is there gets what its own fact tells; its number stays. */
export const saveVisits = manyRows<VisitRow>((q, rows) =>
  q
    .insertInto('visit')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        issuer_device_id: eb.ref('excluded.issuer_device_id'),
        issued_at: eb.ref('excluded.issued_at'),
        priority: eb.ref('excluded.priority'),
        requirements_met: eb.ref('excluded.requirements_met'),
      })),
    ),
)

export async function deleteEntries(trx: Trx, rows: readonly EntryRow[]): Promise<void> {
  for (const { visit_id, entry_no } of rows) {
    await trx.deleteFrom('entry').where('visit_id', '=', visit_id).where('entry_no', '=', entry_no).execute()
  }
}

/** Every column but those kept, as the row that was to be inserted has it. */
function newValues<Row extends object>(
  [first]: readonly Row[],
  kept: readonly (keyof Row)[],
): { [Column in keyof Row]: RawBuilder<Row[Column]> } {
  const columns = Object.keys(first ?? {}).filter((column) => !kept.includes(column as keyof Row))
  return Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)])) as {
    [Column in keyof Row]: RawBuilder<Row[Column]>
  }
}
