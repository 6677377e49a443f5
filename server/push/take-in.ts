/** Reads the bodies of new events, loads what they speak of at once, and applies them in their order. */
import type { ChainLink } from '#domain/chain.ts'
import { type EntryEvent, isEntryEvent } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'
import type { Wanted } from '#server/custody/entry-set.ts'
import { applyEvent, isOwnEnvelope } from '#server/push/apply-event.ts'
import { type DecodedBody, decodeBody } from '#server/push/decode-body.ts'
import { eventTime } from '#server/push/event-time.ts'
import type { PushScope } from '#server/push/push-scope.ts'
import type { StoredHead, TakenIn } from '#server/push/store-events.ts'

export async function takeIn(
  scope: PushScope,
  head: StoredHead | null,
  links: readonly ChainLink[],
): Promise<TakenIn[]> {
  const decoded = links.map((link) => ({ link, body: decodeBody(link.body) }))
  const events = decoded.flatMap(({ body }) => (body.kind === 'event' ? body.event : []))
  await scope.touched.entries.load(scope.trx, events.flatMap(wantedBy))
  if (head && events.some(isIssue)) scope.notBefore = timeOf(head)
  const takenBack = callsTakenBack(events.filter(isEntryEvent))
  const taken: TakenIn[] = []
  for (const { link, body } of decoded) {
    const one = await takeOne(scope, link, body)
    const isHistory = takenBack.has(link.seq)
    taken.push(isHistory ? { ...one, findings: one.findings.filter((code) => code !== 'VOID_GRANT') } : one)
  }
  return taken
}

/**
 * Calls whose undo is the next act on their entry, by sequence number: nothing of them is left, so that the grant was not
 * current by then is nobody's concern. The answer to a recall overtakes them: it travels alone.
 */
function callsTakenBack(events: readonly EntryEvent[]): ReadonlySet<number> {
  const calls = new Map<string, number>()
  const takenBack = new Set<number>()
  for (const { type, seq, data } of events) {
    if (type === 'entry.noted') continue
    const entry = `${data.visitId} ${data.entryNo}`
    const call = calls.get(entry)
    calls.delete(entry)
    if (type === 'entry.called') calls.set(entry, seq)
    if (type === 'entry.call_undone' && call !== undefined) takenBack.add(call)
  }
  return takenBack
}

/** An event that may not act is stored too, with the reason beside it. */
async function takeOne(scope: PushScope, link: ChainLink, body: DecodedBody): Promise<TakenIn> {
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
