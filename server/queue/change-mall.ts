/**
 * The one way to change the queue: work, list of changes and commit together; streams are woken only afterwards. A work
 * may run more than once (see Transact).
 */
import type { MallContext } from '#server/context.ts'
import { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function changeMall<T>(
  context: MallContext,
  work: (trx: Trx, touched: Touched) => Promise<T>,
): Promise<T> {
  const { db, bell, mallId } = context
  const { result, audiences } = await db.transact(mallId, async (trx) => {
    const touched = new Touched(mallId)
    const result = await work(trx, touched)
    const audiences = await touched.record(trx)
    await bell.announce(trx, audiences)
    return { result, audiences }
  })
  bell.ring(audiences)
  return result
}
