/** The mall's keys for slips: one per business date, made when it is first needed, for a week ahead of any cut. */
import { randomBytes } from 'node:crypto'
import type { SlipKeysReply } from '#contract/wire/numbers.ts'
import { businessDate } from '#domain/business-date.ts'
import type { MallContext } from '#server/context.ts'
import { sealSlipKey } from '#server/identity/seal-slip-key.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import type { Trx } from '#server/store/schema.ts'

const DAY_MS = 24 * 3_600_000
const FIRST_DAY = -1
const LAST_DAY = 7

export async function slipKeysFor(context: MallContext, token: string): Promise<SlipKeysReply> {
  const dates = datesOf(context)
  let rows = await readKeys(context.db, context.mallId, dates)
  if (rows.length < dates.length) {
    rows = await changeMall(context, async (trx) => {
      await makeMissing(trx, context.mallId, dates)
      return readKeys(trx, context.mallId, dates)
    })
  }
  return {
    keys: rows.map(({ key_id: keyId, business_date, secret }) => ({
      keyId,
      businessDate: business_date,
      sealed: sealSlipKey(Buffer.from(secret, 'base64url'), token, keyId),
    })),
  }
}

function datesOf({ now, mall }: MallContext): string[] {
  const first = now() + FIRST_DAY * DAY_MS
  return Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_, index) =>
    businessDate(first + index * DAY_MS, mall.timeZone),
  )
}

async function readKeys(db: MallContext['db'] | Trx, mallId: string, dates: readonly string[]) {
  return db
    .selectFrom('slip_key')
    .selectAll()
    .where('mall_id', '=', mallId)
    .where('business_date', 'in', dates)
    .orderBy('business_date')
    .execute()
}

async function makeMissing(trx: Trx, mallId: string, dates: readonly string[]): Promise<void> {
  const there = new Set((await readKeys(trx, mallId, dates)).map((row) => row.business_date))
  for (const date of dates.filter((one) => !there.has(one))) {
    await trx
      .insertInto('slip_key')
      .values({
        mall_id: mallId,
        // Not the date alone: after a restore a desk may still have another key of that date, with slips under it.
        key_id: `${date}.${randomBytes(4).toString('hex')}`,
        business_date: date,
        secret: randomBytes(32).toString('base64url'),
      })
      .execute()
  }
}
