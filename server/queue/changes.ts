/** The list of changes that streams read. A change shows a state, not a step: repeating one does no harm. */
import type { Change } from '#contract/wire.ts'
import type { Db, Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'

export type NewChange = { audience: string; businessDate: string | null; change: Change }

export async function addChanges(trx: Trx, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return
  const first = await takeNumbers(trx, 'change', changes.length)
  for (const [index, { audience, businessDate, change }] of changes.entries()) {
    await trx
      .insertInto('change')
      .values({ seq: first + index, audience, business_date: businessDate, body: JSON.stringify(change) })
      .execute()
  }
}

export type StoredChange = { seq: number; body: string }

export async function readChanges(
  db: Db,
  audiences: readonly string[],
  after: number,
  limit: number,
): Promise<StoredChange[]> {
  return db
    .selectFrom('change')
    .select(['seq', 'body'])
    .where('audience', 'in', audiences)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/**
 * Changes of days before `date` concern nobody who is still waiting; without this a new device would have to read the
 * mall's whole past. The facts themselves stay.
 */
export async function forgetChangesBefore(db: Db, date: string): Promise<void> {
  await db.deleteFrom('change').where('business_date', '<', date).execute()
}

/** 0 when nothing was ever told. */
export async function newestChange(db: Db): Promise<number> {
  const row = await db.selectFrom('sequence').select('value').where('name', '=', 'change').executeTakeFirst()
  return row?.value ?? 0
}
