/** What the supervisor's page shows: what needs a person now, and what was remarkable today. */
import { dayOf } from '#domain/business-date.ts'
import type { MallContext } from '#server/context.ts'
import { type StrandedHand, type StrandedReason, strandedHands } from '#server/supervision/stranded-hands.ts'

export type Act = 'reclaim' | 'dismiss' | 'readmit' | 'revoke'

/** What makes sense for each; the first is what usually helps. */
export const ACTS_OF: Readonly<Record<StrandedReason, readonly Act[]>> = {
  SILENT: ['reclaim', 'revoke'],
  SESSION_OVER: ['reclaim'],
  IN_DOUBT: ['readmit', 'reclaim', 'revoke'],
  BEHIND_BARRIER: ['dismiss', 'reclaim', 'revoke'],
}

const MOST_FINDINGS = 200

export type Overview = {
  serverTime: number
  troubles: (Omit<StrandedHand, 'entries'> & {
    counterName: string | null
    entries: { label: string; isOpen: boolean }[]
    acts: readonly Act[]
  })[]
  findings: { at: number; label: string | null; counterName: string | null; code: string }[]
}

export async function readOverview(context: MallContext): Promise<Overview> {
  const hands = await strandedHands(context.db, context)
  const counterName = (id: string | null) => (id === null ? null : (context.mall.counters.get(id)?.name ?? id))
  return {
    serverTime: context.now(),
    troubles: hands.map(({ entries, ...hand }) => ({
      ...hand,
      counterName: counterName(hand.counterId),
      entries: entries.map(({ label, status }) => ({ label, isOpen: status !== 'waiting' })),
      acts: ACTS_OF[hand.reason],
    })),
    findings: await findingsOfToday(context, counterName),
  }
}

/** Newest first. The number is looked up in the body: an event that could not be read has none. */
async function findingsOfToday(context: MallContext, counterName: (id: string | null) => string | null) {
  const rows = await context.db
    .selectFrom('finding')
    .innerJoin('event', (join) =>
      join
        .onRef('event.device_id', '=', 'finding.device_id')
        .onRef('event.generation', '=', 'finding.generation')
        .onRef('event.seq', '=', 'finding.seq'),
    )
    .innerJoin('device', 'device.id', 'finding.device_id')
    .select(['finding.found_at', 'finding.code', 'event.body', 'device.role_kind', 'device.place_id'])
    .where('finding.mall_id', '=', context.mallId)
    .where('finding.found_at', '>=', dayOf(context.now(), context.mall.timeZone).begin)
    .orderBy('finding.found_at', 'desc')
    .orderBy('finding.seq', 'desc')
    .limit(MOST_FINDINGS)
    .execute()
  const visits = new Map(rows.map(({ body }) => [body, visitOf(body)]))
  const ids = [...visits.values()].flatMap((id) => id ?? [])
  const labels =
    ids.length === 0
      ? []
      : await context.db
          .selectFrom('visit')
          .select(['id', 'label'])
          .where('mall_id', '=', context.mallId)
          .where('id', 'in', ids)
          .execute()
  const labelOf = new Map(labels.map(({ id, label }) => [id, label]))
  return rows.map(({ found_at, code, body, role_kind, place_id }) => ({
    at: found_at,
    label: labelOf.get(visits.get(body) ?? '') ?? null,
    counterName: role_kind === 'counter' ? counterName(place_id) : null,
    code,
  }))
}

function visitOf(body: string): string | null {
  const visitId = /"visitId":"([0-9a-f-]{36})"/.exec(body)?.[1]
  return visitId ?? null
}
