/** A counter acted on an entry. The act counts in its own claim; which claim the entry shows is settled after it. */
import type { FindingCode } from '#contract/wire/finding.ts'
import { businessDate } from '#domain/business-date.ts'
import type { EntryEvent } from '#domain/entry.ts'
import { isActive, putClaim } from '#server/custody/claims.ts'
import { isHeldUnder } from '#server/custody/custody.ts'
import { ensureEntry } from '#server/custody/ensure-entry.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { rankColumns } from '#server/custody/place-in-line.ts'
import { askBack } from '#server/custody/recall.ts'
import { settleEntry } from '#server/custody/settle-entry.ts'
import { expectPersonalText } from '#server/push/expect-personal-text.ts'
import { foldClaim } from '#server/push/fold-claim.ts'
import { actorOf, isGivenUpChain, type PushScope } from '#server/push/push-scope.ts'
import type { EntryRow } from '#server/store/schema.ts'

export type OpeningEvent = Extract<EntryEvent, { type: 'entry.called' | 'entry.presented' }>
type GiveAway = Extract<EntryEvent, { type: 'entry.forwarded' | 'entry.transferred' }>
export type OtherAct = Exclude<
  EntryEvent,
  | OpeningEvent
  | { type: 'entry.released' | 'entry.release_undone' | 'entry.expired' | 'entry.superseded' | 'entry.noted' }
>

/** A call or a shown slip: carries all that is needed to know the entry, should the server not have heard of it. */
export async function applyOpening(scope: PushScope, event: OpeningEvent): Promise<FindingCode[]> {
  const { trx, touched, context, device } = scope
  const { grant, ...data } = event.data
  const { bornIncarnation } = actorOf(scope, event.seq)
  const isNews = touched.entries.entry(data.visitId, data.entryNo) === undefined
  const state = await ensureEntry(trx, touched, context, data, { issuerDeviceId: null, bornIncarnation })
  if (typeof state === 'string') return [state]
  // A shown slip takes custody by itself; nobody granted it, so nobody took the grant back either.
  const isTaken = event.type === 'entry.presented' && grant.incarnation === 0
  const isCurrent = isNews || isTaken || isHeldUnder(state.row, device.id, grant)
  if (!foldClaim(scope, state, event)) return ['STATUS_CONFLICT']
  if (isTaken && state.row.noted === 1) touched.tellNoted(state.row, device.id)
  return [...(isCurrent ? [] : (['VOID_GRANT'] as const)), ...(await settled(scope, state, event))]
}

export async function applyAct(scope: PushScope, event: OtherAct): Promise<FindingCode[]> {
  const { trx, touched, device } = scope
  const { visitId, entryNo } = event.data
  // Before any refusal: what was handed over is kept even when the act itself came too late.
  if (event.type === 'entry.forwarded') await expectPersonalText(trx, scope.context, device, event)
  if (touched.entries.visit(visitId).isForeign) return ['NOT_YOURS']
  const state = touched.entries.entry(visitId, entryNo)
  if (!state) return ['UNKNOWN_VISIT']
  if (event.type === 'entry.forwarded' || event.type === 'entry.transferred') {
    const refusal = refuseGiveAway(scope, event)
    if (refusal) return [refusal]
  }
  const isKnown = state.claims.has(device.id) || state.row.device_id === device.id
  if (!foldClaim(scope, state, event)) return [isKnown ? 'STATUS_CONFLICT' : 'VOID_GRANT']
  const findings = await settled(scope, state, event)
  if (event.type !== 'entry.give_away_undone') return findings
  const next = touched.entries.entry(visitId, entryNo + 1)
  return next?.row.opened_by === device.id ? [...findings, 'UNDO_TOO_LATE'] : findings
}

function refuseGiveAway({ context }: PushScope, { data }: GiveAway): FindingCode | null {
  if (!context.mall.services.has(data.toServiceId)) return 'UNKNOWN_SERVICE'
  return data.toEntryNo === data.entryNo + 1 ? null : 'STATUS_CONFLICT'
}

/** Not `entry.presented`: that visitor stands at the desk. */
const CALLS: ReadonlySet<EntryEvent['type']> = new Set<EntryEvent['type']>([
  'entry.called',
  'entry.called_again',
  'entry.called_back',
])

/** Settles the entry and says what is remarkable about the act. */
async function settled(scope: PushScope, state: EntryState, event: EntryEvent): Promise<FindingCode[]> {
  const { trx, touched, context, device } = scope
  const { visitId, entryNo } = event.data
  const before = state.claims.get(device.id)
  if (before?.status === 'waiting' && isGivenUpChain(scope))
    putClaim(touched, state, { ...before, standing: 'reclaimed' })
  const next = touched.entries.entry(visitId, entryNo + 1)
  const nextBefore = next?.row
  const winner = await settleEntry(trx, touched, context, visitId, entryNo, actorOf(scope, event.seq))
  if (next && nextBefore) askBackRedirected(scope, next, nextBefore)
  if (winner === device.id && event.type === 'entry.returned' && event.data.to === 'end') {
    touched.entries.patch(state, { waiting_since: event.at, ...rankColumns({ waitingSince: event.at }) })
  }
  if (winner === device.id && CALLS.has(event.type)) touched.called(state, event.at)
  const claim = state.claims.get(device.id)
  const findings: FindingCode[] = []
  if (claim && isActive(claim) && winner !== device.id) findings.push('SUPERSEDED')
  if (claim?.ended_at === event.at && isAfterMidnight(scope, state, event)) findings.push('AFTER_MIDNIGHT')
  return findings
}

/** It waits in a hand already, whose counter was not told where this forward leads: it is dealt anew, with all that it says. */
function askBackRedirected({ touched, context }: PushScope, next: EntryState, before: EntryRow): void {
  const { row } = next
  const isAsTold = WHERE_IT_LEADS.every((column) => row[column] === before[column])
  if (isAsTold || row.status !== 'waiting' || row.recall_answer !== null) return
  askBack(touched, next, context, null)
}

const WHERE_IT_LEADS = [
  ...(['for_counter_id', 'journey_id'] as const),
  ...(['returns_service_id', 'returns_counter_id', 'returns_journey_id'] as const),
]

function isAfterMidnight({ context }: PushScope, { row }: EntryState, { at }: EntryEvent): boolean {
  return businessDate(at, context.mall.timeZone) > row.business_date
}
