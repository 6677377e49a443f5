/** Who else is open for a counter's services: what an officer should know before leaving one of them. */
import type { TakersReply } from '#contract/wire/hands.ts'
import { takersOf } from '#domain/deal.ts'
import type { MallContext } from '#server/context.ts'
import { servicesOf } from '#server/queue/deal-waiting.ts'
import { openSeats } from '#server/queue/sessions.ts'

export async function takersOfServices(context: MallContext, counterId: string): Promise<TakersReply['services']> {
  const seats = await openSeats(context.db, context)
  const others = seats.map((seat) => servicesOf(seat, context)).filter((one) => one.counterId !== counterId)
  const services = context.mall.counters.get(counterId)?.serviceIds ?? []
  return services.map((serviceId) => ({
    serviceId,
    counterIds: takersOf({ serviceId, forCounterId: null }, others)
      .map((one) => one.counterId)
      .toSorted(),
  }))
}
