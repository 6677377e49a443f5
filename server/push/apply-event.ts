/** What a stored fact does to the mall. Returns why it may do nothing, or null. */
import type { FindingCode } from '#contract/wire.ts'
import type { EventBody } from '#domain/events.ts'
import type { Device } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { applyEntryAct } from '#server/push/apply-entry-act.ts'
import { issueVisit } from '#server/push/issue-visit.ts'
import { recordSessionFact } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function applyEvent(
  trx: Trx,
  context: ServerContext,
  touched: Touched,
  device: Device,
  seq: number,
  event: EventBody,
): Promise<FindingCode | null> {
  if (event.device !== device.id || event.generation !== device.generation || event.seq !== seq) return 'NOT_YOURS'
  switch (event.type) {
    case 'visit.issued':
      return device.role.kind === 'front_desk' ? issueVisit(trx, context, touched, device, event) : 'NOT_YOURS'
    case 'entry.called':
    case 'entry.called_again':
    case 'entry.serving':
    case 'entry.completed':
    case 'entry.forwarded':
    case 'entry.no_show':
    case 'entry.released':
      return isOwnCounter(device, event.counterId) ? applyEntryAct(trx, context, touched, device, event) : 'NOT_YOURS'
    case 'counter.opened':
    case 'counter.closed': {
      if (!isOwnCounter(device, event.data.counterId)) return 'NOT_YOURS'
      const closedAt = event.type === 'counter.closed' ? context.now() : null
      await recordSessionFact(trx, device, event.data, closedAt)
      return null
    }
    case 'officer.signed_in':
    case 'officer.signed_out':
      // Stored like every fact; nothing in the queue depends on it.
      return null
  }
}

function isOwnCounter(device: Device, counterId: string | null): boolean {
  return device.role.kind === 'counter' && device.role.counterId === counterId
}
