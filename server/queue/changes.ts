/** The list of changes that streams read. A change shows a state, not a step: repeating one does no harm. */
import type { Change } from '#contract/wire/changes.ts'
import { manyRows } from '#server/store/many-rows.ts'
import { prepare } from '#server/store/prepared.ts'
import type { Db, Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'

export type NewChange = { audience: string; businessDate: string | null; change: Change }

type ChangeRow = { mall_id: string; seq: number; audience: string; business_date: string | null; body: string }

const insertChanges = manyRows<ChangeRow>((q, rows) => q.insertInto('change').values(rows))

export type WrittenChange = StoredChange & { audience: string }

/** Returns them as they were written, in the order of their numbers, which leave nothing out. */
export async function addChanges(
  trx: Trx,
  mallId: string,
  changes: readonly NewChange[],
): Promise<readonly WrittenChange[]> {
  if (changes.length === 0) return []
  const first = await takeNumbers(trx, mallId, 'change', changes.length)
  const rows = changes.map(({ audience, businessDate, change }, index) => ({
    mall_id: mallId,
    seq: first + index,
    audience,
    business_date: businessDate,
    body: JSON.stringify(change),
  }))
  await insertChanges(trx, rows)
  return rows
}

export type StoredChange = { seq: number; body: string }

/** The audiences are of this mall, and so are the numbers. */
export async function readChanges(
  db: Db,
  mallId: string,
  audiences: readonly string[],
  after: number,
  limit: number,
): Promise<StoredChange[]> {
  return db
    .selectFrom('change')
    .select(['seq', 'body'])
    .where('mall_id', '=', mallId)
    .where('seq', '>', after)
    .where('audience', 'in', audiences)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/**
 * Changes of days before `date` concern nobody who is still waiting; without this a new device would have to read the
 * mall's whole past. The facts themselves stay.
 */
export async function forgetChangesBefore(db: Db, mallId: string, date: string): Promise<void> {
  await db.deleteFrom('change').where('mall_id', '=', mallId).where('business_date', '<', date).execute()
}

const lastTold = prepare<{ mallId: string }, { value: number }>((q, param) =>
  q.selectFrom('sequence').select('value').where('mall_id', '=', param('mallId')).where('name', '=', 'change'),
)

/** 0 when nothing was ever told. */
export async function newestChange(db: Db, mallId: string): Promise<number> {
  const [row] = await lastTold(db, { mallId })
  return row?.value ?? 0
}
