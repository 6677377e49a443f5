/** What a stored fact does to the mall. Returns what is remarkable about it. */
import type { FindingCode } from '#contract/wire/finding.ts'
import { isEntryEvent } from '#domain/entry.ts'
import type { CounterServicesChosen, EventBody } from '#domain/events.ts'
import type { Device } from '#server/auth.ts'
import { applyAct, applyOpening } from '#server/push/apply-entry-act.ts'
import { applyHandAct } from '#server/push/apply-hand-act.ts'
import { applyNote } from '#server/push/apply-note.ts'
import { cancelVisit } from '#server/push/cancel-visit.ts'
import type { Envelope } from '#server/push/decode-body.ts'
import { eventTime } from '#server/push/event-time.ts'
import { issueVisit } from '#server/push/issue-visit.ts'
import type { PushScope } from '#server/push/push-scope.ts'
import { recordSessionFact, type SessionAct } from '#server/queue/sessions.ts'

export async function applyEvent(scope: PushScope, body: EventBody): Promise<FindingCode[]> {
  if (!isAllowedHere(scope.device, body)) return ['NOT_YOURS']
  const event = { ...body, at: eventTime(body, scope.context.now()), offset: 0 }
  const findings = await apply(scope, event)
  scope.notBefore = Math.max(scope.notBefore, event.at)
  return isLateActOfReclaimed(scope, event) ? [...findings, 'RECLAIMED'] : findings
}

/** Whether the envelope is of this very place in this device's chain. */
export function isOwnEnvelope({ device, generation }: PushScope, seq: number, envelope: Envelope): boolean {
  return envelope.device === device.id && envelope.generation === generation && envelope.seq === seq
}

async function apply(scope: PushScope, event: EventBody): Promise<FindingCode[]> {
  switch (event.type) {
    case 'visit.issued':
    case 'visit.issued_here':
      return issueVisit(scope, event)
    case 'visit.cancelled':
      return cancelVisit(scope, event)
    case 'entry.called':
    case 'entry.presented':
      return applyOpening(scope, event)
    case 'entry.released':
    case 'entry.release_undone':
    case 'entry.expired':
    case 'entry.superseded':
      return applyHandAct(scope, event)
    case 'entry.noted':
      return applyNote(scope, event)
    case 'counter.opened':
    case 'counter.closed':
    case 'counter.paused':
    case 'counter.resumed':
      await applySessionFact(scope, event)
      return []
    case 'counter.services_chosen':
      await applyChoice(scope, event.data)
      return []
    case 'counter.profile_changed':
      // What it takes is the configuration's to say, under which nothing may have been dealt yet; what it gave back has its own events.
      scope.touched.counterMoved()
      return []
    case 'officer.signed_in':
    case 'officer.signed_out':
      // Stored like every fact; nothing in the queue depends on it.
      return []
    default:
      return applyAct(scope, event)
  }
}

type SessionFact = Extract<
  EventBody,
  { type: 'counter.opened' | 'counter.closed' | 'counter.paused' | 'counter.resumed' }
>

const SESSION_ACTS: Readonly<Record<SessionFact['type'], SessionAct>> = {
  'counter.opened': 'open',
  'counter.closed': 'close',
  'counter.paused': 'pause',
  'counter.resumed': 'resume',
}

async function applySessionFact(scope: PushScope, { type, data }: SessionFact): Promise<void> {
  const { trx, touched, context, device } = scope
  const act = SESSION_ACTS[type]
  const isCurrent = await recordSessionFact(trx, touched, context, device, { ...data, act })
  if (isCurrent) scope.openedCounterId = act === 'open' || act === 'resume' ? data.counterId : null
}

/** It may take more than before, like a counter that opened; what it takes no more it is asked for, should it be on its way. */
async function applyChoice(scope: PushScope, data: CounterServicesChosen): Promise<void> {
  const { trx, touched, context, device } = scope
  const { counterId, epoch, serviceIds } = data
  const isCurrent = await recordSessionFact(trx, touched, context, device, {
    ...{ counterId, epoch },
    act: { choose: serviceIds },
  })
  if (!isCurrent) return
  scope.openedCounterId = counterId
  scope.choseServices = true
}

/** A front desk issues; a counter acts, and only in its own name. */
function isAllowedHere({ role }: Device, event: EventBody): boolean {
  switch (event.type) {
    case 'visit.issued':
    case 'visit.cancelled':
      return role.kind === 'front_desk'
    case 'officer.signed_in':
    case 'officer.signed_out':
      return true
    case 'counter.opened':
    case 'counter.closed':
    case 'counter.paused':
    case 'counter.resumed':
    case 'counter.profile_changed':
    case 'counter.services_chosen':
      return role.kind === 'counter' && role.counterId === event.data.counterId
    default:
      return role.kind === 'counter' && role.counterId === event.counterId
  }
}

const UNREMARKABLE: ReadonlySet<EventBody['type']> = new Set<EventBody['type']>([
  'entry.released',
  'entry.superseded',
  'entry.noted',
])

/** What lets go of something needs no remark: that is what the supervisor wanted. Nor does a note, which moves nothing. */
function isLateActOfReclaimed({ reclaimedEpochs }: PushScope, event: EventBody): boolean {
  if (event.epoch === null || !reclaimedEpochs.has(event.epoch)) return false
  if (event.type === 'visit.issued_here') return true
  return isEntryEvent(event) && !UNREMARKABLE.has(event.type)
}
