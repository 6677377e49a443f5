/** Blocks of ticket numbers from the server: one request at a time for a series, asked again under its own id. */
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import type { Ids } from '#main/host/ports.ts'
import type { MallClient } from '#main/host/sync/mall-client.ts'

type LeasePorts = { store: Store; repositories: Repositories; ids: Ids; client(): MallClient }

/** Returns `lease`, which resolves when a block is in the store. It rejects with MallError, or with what the store says. */
export function createNumberLeases({ store, repositories, ids, client }: LeasePorts) {
  /** An answer that was lost costs no numbers: the server knows the id and gives the same block. */
  const requestIds = new Map<string, string>()
  const running = new Map<string, Promise<void>>()

  async function request(key: string, serviceId: string, businessDate: string): Promise<void> {
    const requestId = requestIds.get(key) ?? ids.uuid()
    requestIds.set(key, requestId)
    const lease = await client().lease(requestId, serviceId, businessDate)
    store.transaction(() => repositories.numbers.addLease(lease))
    requestIds.delete(key)
  }

  return function lease(serviceId: string, businessDate: string): Promise<void> {
    const key = `${businessDate} ${serviceId}`
    const known = running.get(key)
    if (known) return known
    const work = request(key, serviceId, businessDate).finally(() => running.delete(key))
    running.set(key, work)
    return work
  }
}
