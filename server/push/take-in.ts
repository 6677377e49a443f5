/** Loads at once what new events speak of, and applies them in their order. */
import { compareGrants } from '#domain/claim.ts'
import { type EntryEvent, isEntryEvent } from '#domain/entry.ts'
import type { EventBody, GrantNo } from '#domain/events.ts'
import type { Wanted } from '#server/custody/entry-set.ts'
import { applyEvent, isOwnEnvelope } from '#server/push/apply-event.ts'
import { decodeBody } from '#server/push/decode-body.ts'
import { eventTime } from '#server/push/event-time.ts'
import type { PushScope } from '#server/push/push-scope.ts'
import type { PushedEvent } from '#server/push/reading/read-push.ts'
import type { StoredHead, TakenIn } from '#server/push/store-events.ts'

export async function takeIn(
  scope: PushScope,
  head: StoredHead | null,
  added: readonly PushedEvent[],
): Promise<TakenIn[]> {
  const events = added.flatMap(({ body }) => (body.kind === 'event' ? body.event : []))
  await scope.touched.entries.load(scope.trx, events.flatMap(wantedBy))
  if (head && events.some(isIssue)) scope.notBefore = timeOf(head)
  const history = openingsLetGo(events.filter(isEntryEvent))
  const taken: TakenIn[] = []
  for (const event of added) {
    const one = await takeOne(scope, event)
    const isHistory = history.has(event.link.seq)
    taken.push(isHistory ? { ...one, findings: one.findings.filter((code) => code !== 'VOID_GRANT') } : one)
  }
  return taken
}

type Opening = { seq: number; grant: GrantNo }

/**
 * Calls and shown slips, by sequence number, of which nothing is left: a call whose undo is the next act on its entry, and all under a
 * grant that the device lets go of afterwards. That this grant was not current any more is nobody's concern then: the answer to a recall
 * overtakes them, for it travels alone.
 */
function openingsLetGo(events: readonly EntryEvent[]): ReadonlySet<number> {
  const openings = new Map<string, Opening[]>()
  const lastCalls = new Map<string, number>()
  const letGo = new Set<number>()
  for (const { type, seq, data } of events) {
    if (type === 'entry.noted') continue
    const entry = `${data.visitId} ${data.entryNo}`
    const before = openings.get(entry) ?? []
    const call = lastCalls.get(entry)
    lastCalls.delete(entry)
    if (type === 'entry.called') lastCalls.set(entry, seq)
    if (type === 'entry.called' || type === 'entry.presented')
      openings.set(entry, [...before, { seq, grant: data.grant }])
    if (type === 'entry.call_undone' && call !== undefined) letGo.add(call)
    if (type !== 'entry.released') continue
    for (const opening of before) if (compareGrants(opening.grant, data.grant) === 0) letGo.add(opening.seq)
  }
  return letGo
}

/** An event that may not act is stored too, with the reason beside it. */
async function takeOne(scope: PushScope, { link, body }: PushedEvent): Promise<TakenIn> {
  if (body.kind === 'undecodable') return { link, type: null, findings: ['UNDECODABLE'] }
  const envelope = body.kind === 'event' ? body.event : body.envelope
  const { type } = envelope
  if (!isOwnEnvelope(scope, link.seq, envelope)) return { link, type, findings: ['NOT_YOURS'] }
  if (body.kind === 'unknown_type') return { link, type, findings: ['UNKNOWN_TYPE'] }
  return { link, type, findings: await applyEvent(scope, body.event) }
}

export function wantedBy(event: EventBody): Wanted[] {
  if (isEntryEvent(event)) return [{ visitId: event.data.visitId }]
  if (event.type === 'visit.cancelled') return [{ visitId: event.data.visitId }]
  if (!isIssue(event)) return []
  const { visitId, businessDate, label } = event.data
  return [{ visitId, visit: { businessDate, label } }]
}

function isIssue(event: EventBody): event is Extract<EventBody, { type: 'visit.issued' | 'visit.issued_here' }> {
  return event.type === 'visit.issued' || event.type === 'visit.issued_here'
}

/** When the newest stored event happened, never later than it came. */
function timeOf({ body, receivedAt }: StoredHead): number {
  const decoded = decodeBody(body)
  return decoded.kind === 'event' ? eventTime(decoded.event, receivedAt) : receivedAt
}
