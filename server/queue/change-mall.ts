/** The one way to change the queue: work, list of changes and commit together; streams are woken only afterwards. */
import type { MallContext } from '#server/context.ts'
import { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function changeMall<T>(
  context: MallContext,
  work: (trx: Trx, touched: Touched) => Promise<T>,
): Promise<T> {
  const { result, audiences } = await context.db.transaction().execute(async (trx) => {
    const touched = new Touched(context.mallId)
    const result = await work(trx, touched)
    return { result, audiences: await touched.record(trx) }
  })
  context.bell.ring(audiences)
  return result
}
