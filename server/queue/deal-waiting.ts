/** Deals what waits to the open counters. Runs inside every transaction that may have changed the queue or the counters. */
import { type Dealable, deal, type OpenCounter } from '#domain/deal.ts'
import type { ServerContext } from '#server/context.ts'
import { toRanked } from '#server/queue/entry-rows.ts'
import { grantEntry } from '#server/queue/grant-entry.ts'
import { calledHistory, handOf, historyAfterHand, undealtEntries } from '#server/queue/hands.ts'
import { openSessions, today } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { EntryRow, SessionRow, Trx } from '#server/store/schema.ts'

type Waiting = Dealable & { row: EntryRow }
type Seat = { session: SessionRow; counter: OpenCounter }

export async function dealWaiting(trx: Trx, context: ServerContext, touched: Touched): Promise<void> {
  const waiting = await undealtEntries(trx, today(context))
  if (waiting.length === 0) return
  const seats = await openSeats(trx, context)
  const counters = seats.map((seat) => seat.counter)
  for (const { entry, counterId } of deal(waiting.map(toDealable), counters, context.mall.policy)) {
    const seat = seats.find(({ counter }) => counter.counterId === counterId)
    if (seat) await grantEntry(trx, context, touched, entry.row, seat.session)
  }
}

/** Entries of these services can be served by more than one of the counters, so a hand holds only a few of them. */
function contestedServices(sessions: readonly SessionRow[], { mall }: ServerContext): Set<string> {
  const seen = new Set<string>()
  const contested = new Set<string>()
  for (const { counter_id } of sessions) {
    for (const serviceId of mall.counters.get(counter_id)?.serviceIds ?? []) {
      if (seen.has(serviceId)) contested.add(serviceId)
      seen.add(serviceId)
    }
  }
  return contested
}

async function openSeats(trx: Trx, context: ServerContext): Promise<Seat[]> {
  const sessions = await openSessions(trx, context)
  const contested = contestedServices(sessions, context)
  return Promise.all(
    sessions.map(async (session) => {
      const counterId = session.counter_id
      const hand = await handOf(trx, session, today(context))
      const called = await calledHistory(trx, counterId, today(context))
      const counter: OpenCounter = {
        counterId,
        serviceIds: new Set(context.mall.counters.get(counterId)?.serviceIds),
        holding: hand.filter((entry) => contested.has(entry.service_id)).length,
        history: historyAfterHand(called, hand, context.mall.policy),
      }
      return { session, counter }
    }),
  )
}

function toDealable(row: EntryRow): Waiting {
  return { ...toRanked(row), visitId: row.visit_id, entryNo: row.entry_no, serviceId: row.service_id, row }
}
