/** The mall server as a simulated desk's use cases see it: the same answers as the real engine gives, over the world's wires. */
import { ClaimReply, ImproveReply, OpenCounterReply, WantedReply } from '#contract/wire/hands.ts'
import { LeaseReply } from '#contract/wire/numbers.ts'
import type { MallPort } from '#main/host/context.ts'
import { MallError } from '#main/host/sync/mall-client.ts'
import { takeClaim } from '#main/host/sync/steps/take-claim.ts'
import type { DeskNode } from '#tests/sim/desk-node.ts'
import type { World } from '#tests/sim/world.ts'

/** As in main/host/sync/create-sync.ts. */
const BUDGET_MS = 250

export function createMallPort(world: World, desk: DeskNode): MallPort {
  const isOnline = () => desk.phase === 'on'
  const here = () => {
    if (!desk.running) throw new Error('a desk that is down asks for something')
    return desk.running
  }

  return {
    connection: () => ({ state: 'online', unsent: 0 }),
    isOnline,
    async improve() {
      const epoch = here().repositories.desk.get().counter?.epoch
      if (!isOnline() || !epoch) return []
      const reply = await world.ask(desk, 'improve', { epoch }, BUDGET_MS, ImproveReply).catch(onlyMallErrors)
      return reply?.grants ?? []
    },
    async want(ref) {
      const epoch = here().repositories.desk.get().counter?.epoch
      if (!isOnline() || !epoch) return null
      return world.ask(desk, 'want', { epoch, ...ref }, BUDGET_MS, WantedReply).catch(onlyMallErrors)
    },
    async claim(request) {
      if (!isOnline()) return { kind: 'silent' }
      const reply = await world.ask(desk, 'claim', request, BUDGET_MS, ClaimReply).catch(onlyMallErrors)
      if (reply?.kind === 'granted') world.counts.add('row.slip_claimed')
      if (reply?.kind === 'holder_silent') world.counts.add('row.slip_holder_silent')
      return reply ? takeClaim(here().context, reply) : { kind: 'silent' }
    },
    async openCounter() {
      try {
        return { ok: true, session: await world.ask(desk, 'open', {}, 2_000, OpenCounterReply) }
      } catch (error) {
        const { code } = onlyMallError(error)
        return { ok: false, code: code === 'UNREACHABLE' ? 'UNREACHABLE' : 'REFUSED' }
      }
    },
    takers: async () => null,
    async leaseNumbers(serviceId, businessDate) {
      if (!isOnline()) return 'none'
      const request = { requestId: world.random.uuid(), serviceId, businessDate }
      let isQuotaReached = false
      const lease = await world.ask(desk, 'lease', request, 1_500, LeaseReply).catch((error: unknown) => {
        isQuotaReached = onlyMallError(error).code === 'QUOTA_REACHED'
        return null
      })
      const { store, repositories } = here()
      // Two digits are the usual series of the simulated mall.
      if (lease && lease.from > 99) world.counts.add('row.numbers_resumed_in_fresh_series')
      if (lease) store.transaction(() => repositories.numbers.addLease(lease))
      return lease ? 'leased' : isQuotaReached ? 'quota_reached' : 'none'
    },
    outlook: () => null,
    enrol: () => Promise.reject(new Error('desks of the simulation are enrolled beforehand')),
    wake() {},
    async start() {},
  }
}

function onlyMallErrors(error: unknown): null {
  onlyMallError(error)
  return null
}

function onlyMallError(error: unknown): MallError {
  if (error instanceof MallError) return error
  throw error
}
