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

type Reached = { mallId: string; name: SequenceName; value: number }

const reached = prepare<Pick<Reached, 'mallId' | 'name'>, Pick<Reached, 'value'>>((q, param) =>
  q.selectFrom('sequence').select('value').where('mall_id', '=', param('mallId')).where('name', '=', param('name')),
)

const write = prepare<Reached, unknown>((q, param) =>
  q
    .insertInto('sequence')
    .values({ mall_id: param('mallId'), name: param('name'), value: param('value') })
    .onConflict((conflict) => conflict.columns(['mall_id', 'name']).doUpdateSet({ value: param('value') })),
)

/** Of transactions that write how far they came once, at their end. */
const counted = new WeakMap<Trx, Map<string, Reached>>()

/**
 * For a database with one writer: many works share this transaction, and each takes numbers. Whoever calls this calls `writeNumbers`, and
 * nothing but `takeNumbers` may move a sequence in between: it would be written over.
 */
export function countNumbers(trx: Trx): void {
  counted.set(trx, new Map())
}

/** Takes back, when it is called, what is taken from now on. */
export function markNumbers(trx: Trx): () => void {
  const before = new Map(counted.get(trx))
  return () => counted.set(trx, before)
}

/** Before the commit. */
export async function writeNumbers(trx: Trx): Promise<void> {
  for (const one of counted.get(trx)?.values() ?? []) await write(trx, one)
}

/**
 * The first of `count` numbers that this mall never handed out before. Nobody else takes any until the commit, so numbers
 * become visible in their order: a reader that has seen 7 will not meet 6 later.
 */
export async function takeNumbers(trx: Trx, mallId: string, name: SequenceName, count = 1): Promise<number> {
  const inThis = counted.get(trx)
  if (inThis) return takeCounted(trx, inThis, { mallId, name }, count)
  const [last] = await advance(trx, { mallId, name, count })
  if (!last) throw new Error(`the sequence ${name} gave nothing`)
  return last.value - count + 1
}

async function takeCounted(
  trx: Trx,
  inThis: Map<string, Reached>,
  sequence: Pick<Reached, 'mallId' | 'name'>,
  count: number,
): Promise<number> {
  const key = `${sequence.name} ${sequence.mallId}`
  const stored = inThis.has(key) ? undefined : (await reached(trx, sequence))[0]
  // From here on without waiting: the same work may take others of this sequence meanwhile.
  const last = inThis.get(key)?.value ?? stored?.value ?? 0
  inThis.set(key, { ...sequence, value: last + count })
  return last + 1
}
