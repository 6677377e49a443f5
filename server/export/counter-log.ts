/** The counters of one day, one row each: opened, closed, minutes paused and why. Wording is what officers see on screen. */
import { instantOf } from '#domain/business-date.ts'
import type { EventBody, PauseReason } from '#domain/events.ts'
import type { StoredConfig } from '#server/config/import-config.ts'
import { type CounterDay, counterDays, isSessionFact } from '#server/export/counter-days.ts'
import { toCsv } from '#server/export/csv.ts'
import { decodeBody } from '#server/push/decode-body.ts'
import { eventTime } from '#server/push/event-time.ts'
import type { Db } from '#server/store/schema.ts'

const DAY_MS = 86_400_000
const HEADER = [
  'tanggal',
  'MPP',
  'instansi',
  'loket',
  'buka',
  'tutup',
  'menit buka',
  'menit istirahat',
  'alasan istirahat',
]

const REASONS: Readonly<Record<PauseReason, string>> = {
  break: 'Istirahat',
  prayer: 'Ibadah',
  meeting: 'Rapat',
  technical: 'Kendala teknis',
  other: 'Lainnya',
}

/** CSV text of the mall's counters that opened on this date. `now` ends the day of those that are still open. */
export async function counterLog(db: Db, config: StoredConfig, date: string, now: number): Promise<string> {
  const begin = instantOf(date, '00:00', config.mall.timeZone)
  const days = counterDays(await factsOf(db, config.mall.id, begin), Math.min(now, begin + DAY_MS))
  const counters = new Map(config.counters.map((counter) => [counter.id, counter]))
  const agencies = new Map(config.agencies.map(({ id, name }) => [id, name]))
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: config.mall.timeZone, timeStyle: 'medium' })
  const rows = days.map((day) => {
    const counter = counters.get(day.counterId)
    return [
      ...[date, config.mall.name, agencies.get(counter?.agencyId ?? '') ?? '', counter?.name ?? day.counterId],
      ...[time.format(day.openedAt), day.closedAt === null ? '' : time.format(day.closedAt)],
      ...[minutes(day.openMs), minutes(pausedMs(day)), reasonsOf(day)],
    ]
  })
  return toCsv([HEADER, ...rows])
}

/** By the mall's clock, as well as the server can know it. What was written on that day cannot have come before it began. */
async function factsOf(db: Db, mallId: string, begin: number) {
  const rows = await db
    .selectFrom('event')
    .select(['body', 'received_at'])
    .where('mall_id', '=', mallId)
    .where('type', 'in', ['counter.opened', 'counter.closed', 'counter.paused', 'counter.resumed'])
    .where('received_at', '>=', begin)
    .orderBy('device_id')
    .orderBy('generation')
    .orderBy('seq')
    .execute()
  return rows
    .flatMap(({ body, received_at }) => {
      const decoded = decodeBody(body)
      return decoded.kind === 'event' ? [atMallTime(decoded.event, received_at)] : []
    })
    .filter(isSessionFact)
    .filter(({ at }) => at >= begin && at < begin + DAY_MS)
    .toSorted((a, b) => a.at - b.at)
}

function atMallTime(event: EventBody, receivedAt: number): EventBody {
  return { ...event, at: eventTime(event, receivedAt), offset: 0 }
}

function pausedMs({ pausedMs }: CounterDay): number {
  return [...pausedMs.values()].reduce((sum, ms) => sum + ms, 0)
}

function reasonsOf({ pausedMs }: CounterDay): string {
  return [...pausedMs].map(([reason, ms]) => `${REASONS[reason]} ${minutes(ms)}`).join('; ')
}

/** A minute that has begun counts, as in the service log. */
function minutes(ms: number): string {
  return String(Math.ceil(ms / 60_000))
}
