import { prepare } from '#server/store/prepared.ts'
import type { Trx } from '#server/store/schema.ts'

export type SequenceName = 'arrival' | 'grant' | 'change' | 'slot'

const advance = prepare<{ mallId: string; name: SequenceName; count: number }, { value: number }>((q, param) =>
  q
    .insertInto('sequence')
    .values({ mall_id: param('mallId'), name: param('name'), value: param('count') })
    .onConflict((conflict) =>
      conflict.columns(['mall_id', 'name']).doUpdateSet((eb) => ({ value: eb('sequence.value', '+', param('count')) })),
    )
    .returning('value'),
)

/**
 * The first of `count` numbers that this mall never handed out before. The row stays locked until the commit, so numbers
 * become visible in their order: a reader that has seen 7 will not meet 6 later.
 */
export async function takeNumbers(trx: Trx, mallId: string, name: SequenceName, count = 1): Promise<number> {
  const [last] = await advance(trx, { mallId, name, count })
  if (!last) throw new Error(`the sequence ${name} gave nothing`)
  return last.value - count + 1
}
