import type { Trx } from '#server/store/schema.ts'

export type SequenceName = 'arrival' | 'grant' | 'change' | 'slot'

/**
 * The first of `count` numbers that this mall never handed out before. The row stays locked until the commit, so numbers
 * become visible in their order: a reader that has seen 7 will not meet 6 later.
 */
export async function takeNumbers(trx: Trx, mallId: string, name: SequenceName, count = 1): Promise<number> {
  const { value } = await trx
    .insertInto('sequence')
    .values({ mall_id: mallId, name, value: count })
    .onConflict((conflict) =>
      conflict.columns(['mall_id', 'name']).doUpdateSet((eb) => ({ value: eb('sequence.value', '+', count) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return value - count + 1
}
