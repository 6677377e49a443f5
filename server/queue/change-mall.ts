/**
 * The one way to change the queue: work, list of changes and commit together; streams are woken only afterwards. A work
 * may run more than once (see Transact).
 */
import type { MallContext } from '#server/context.ts'
import { tellZones } from '#server/queue/tell-zones.ts'
import { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function changeMall<T>(
  context: MallContext,
  work: (trx: Trx, touched: Touched) => Promise<T>,
): Promise<T> {
  const { db, bell, mallId } = context
  const { result, news } = await db.transact(mallId, async (trx) => {
    const touched = new Touched(mallId)
    const result = await work(trx, touched)
    tellZones(touched, context.mall)
    const news = await touched.record(trx)
    await bell.announce(trx, new Set([...news.changes.map(({ audience }) => audience), ...news.woken]))
    return { result, news }
  })
  bell.tell(news)
  return result
}
