/** What a visitor may be told about the wait and the day's quota, from the server's last outlook and this desk's own waiting list. */
import type { FrontDeskView } from '#contract/snapshot.ts'
import type { OutlookReply } from '#contract/wire/front-desk.ts'
import { estimateWaits, type ServiceLoad, type WaitRange } from '#domain/estimated-wait.ts'
import type { HostContext } from '#main/host/context.ts'
import { rankPolicy, today } from '#main/host/desk-state.ts'

type Waiting = { serviceId: string; priority: unknown }

type Outlook = {
  wait(serviceId: string, isPriority: boolean): WaitRange | null
  quotaLeft(serviceId: string): number | null
}

const NOTHING_KNOWN: Outlook = { wait: () => null, quotaLeft: () => null }

/** While cut off, and when the last outlook is old or of another day, nobody can say how long it takes. */
export function outlookNow(context: HostContext, waiting: readonly Waiting[] = waitingToday(context)): Outlook {
  const told = context.mall.outlook()
  if (told?.businessDate !== today(context)) return NOTHING_KNOWN
  const hall = {
    services: loadsOf(context, told, waiting),
    counters: told.counters.filter(({ paused }) => !paused),
    regularPerPriority: rankPolicy(context).regularPerPriority,
  }
  const regular = estimateWaits({ ...hall, isPriority: false })
  const priority = estimateWaits({ ...hall, isPriority: true })
  const quotas = new Map(told.services.map(({ serviceId, quotaLeft }) => [serviceId, quotaLeft]))
  return {
    wait: (serviceId, isPriority) => (isPriority ? priority : regular)(serviceId),
    quotaLeft: (serviceId) => quotas.get(serviceId) ?? null,
  }
}

function waitingToday(context: HostContext): Waiting[] {
  return context.repositories.queue.waiting(today(context))
}

function loadsOf(context: HostContext, told: OutlookReply, waiting: readonly Waiting[]): ServiceLoad[] {
  const recent = new Map(told.services.map(({ serviceId, recentMs }) => [serviceId, recentMs]))
  const counts = Map.groupBy(waiting, ({ serviceId }) => serviceId)
  return (context.config()?.services ?? []).map(({ id, standardMinutes }) => {
    const here = counts.get(id) ?? []
    const priority = here.filter((entry) => entry.priority !== null).length
    const regular = here.length - priority
    return { serviceId: id, priority, regular, recentMs: recent.get(id) ?? null, standardMinutes }
  })
}

export function serviceViews(context: HostContext): FrontDeskView['services'] {
  const date = today(context)
  const waiting = context.repositories.queue.waiting(date)
  const outlook = outlookNow(context, waiting)
  const counts = Map.groupBy(waiting, ({ serviceId }) => serviceId)
  const leased = context.repositories.numbers.leasedOn(date)
  return (context.config()?.services ?? []).map(({ id }) => {
    const regular = outlook.wait(id, false)
    const priority = outlook.wait(id, true)
    return {
      serviceId: id,
      waiting: counts.get(id)?.length ?? 0,
      wait: regular && priority && { regular, priority },
      quotaLeft: outlook.quotaLeft(id),
      numbersLeft: leased.get(id) ?? 0,
    }
  })
}
