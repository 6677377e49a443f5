/** Acts on the entry at the desk: which of them it allows now, and the fact that each becomes. */
import type { CurrentCommand, DeskState } from '#domain/desk-command.ts'
import { accept, type Decision, isSame, refAnd, refOf, refuse } from '#domain/desk-decision.ts'
import type { Entry } from '#domain/entry.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'
import type { Duration, Fact, ReturnsTo, TransferPlace } from '#domain/events.ts'
import { mayCallAgain } from '#domain/recall.ts'
import { wayBackOf } from '#domain/way-back.ts'

const ACT_OF: Readonly<Record<CurrentCommand['kind'], EntryAct>> = {
  callAgain: 'callAgain',
  startServing: 'serve',
  returnToQueue: 'return',
  hold: 'hold',
  complete: 'complete',
  forward: 'forward',
  transfer: 'forward',
  noShow: 'noShow',
}

export function onCurrent(state: DeskState, command: CurrentCommand): Decision {
  const { current } = state
  if (!current) return refuse('NO_CURRENT_ENTRY')
  if (!isSame(current, command)) return refuse('STALE_SCREEN')
  if (nextStatus(current.status, ACT_OF[command.kind]) === null) return refuse('NOT_ALLOWED_NOW')
  if (command.kind === 'callAgain' && !mayCallAgain(current.calls, state.recall)) return refuse('RECALL_LIMIT')
  if (command.kind === 'forward' && command.toServiceId === current.serviceId) return refuse('SAME_SERVICE')
  if (command.kind === 'transfer' && isSamePlace(command, current)) return refuse('SAME_SERVICE')
  // One way back at a time: the counter that waits for this visitor was promised it.
  if (command.kind === 'transfer' && command.returns && wayBackOf(current, command.toCounterId)) {
    return refuse('ALREADY_RETURNS')
  }
  return accept(factOf(command, current, state.served))
}

/** To another counter of the same service is a transfer; to the same service without naming one is none. */
function isSamePlace({ toServiceId, toCounterId }: { toServiceId: string; toCounterId: string | null }, entry: Entry) {
  return toServiceId === entry.serviceId && (toCounterId === null || toCounterId === entry.counterId)
}

function factOf(command: CurrentCommand, current: Entry, served: Duration | null): Fact {
  const ref = refOf(current)
  const toEntryNo = current.entryNo + 1
  switch (command.kind) {
    case 'callAgain':
      return { type: 'entry.called_again', data: { ...ref, times: current.calls + 1 } }
    case 'startServing':
      return { type: 'entry.serving', data: ref }
    case 'returnToQueue':
      return { type: 'entry.returned', data: command.to === 'end' ? { ...ref, to: 'end' } : ref }
    case 'hold':
      return { type: 'entry.held', data: refAnd(ref, command.reason) }
    case 'complete': {
      const { outcome, paymentReference, delivered } = command
      const data = {
        ...ref,
        outcome,
        served: served ?? { ms: 0, estimated: true },
        returnsTo: wayBackOf(current, null),
      }
      const paid = paymentReference === null ? {} : { paymentReference }
      return { type: 'entry.completed', data: { ...data, ...paid, ...(delivered === null ? {} : { delivered }) } }
    }
    case 'forward': {
      const { toServiceId, journeyId, handsOver } = command
      const data = { ...ref, toServiceId, toEntryNo, journeyId, served, handsOver, returnsTo: wayBackOf(current, null) }
      return { type: 'entry.forwarded', data }
    }
    case 'transfer': {
      const { toServiceId, toCounterId, place } = command
      const data = { ...ref, toServiceId, toCounterId, toEntryNo, served }
      return { type: 'entry.transferred', data: { ...data, ...takenAlong(command, current, place) } }
    }
    case 'noShow':
      return { type: 'entry.no_show', data: { ...ref, calls: current.calls } }
  }
}

/** What the next entry needs of this one. An absent field is the plain case, as in events that were written before there were others. */
function takenAlong(
  { toServiceId, toCounterId, returns }: { toServiceId: string; toCounterId: string | null; returns: boolean },
  current: Entry,
  place: TransferPlace | 'end',
) {
  const { serviceId, counterId, journeyId } = current
  // Sent to another service of this counter, the visitor does not leave it.
  const isAskedBack = returns && counterId !== null && counterId !== toCounterId
  const wayBack: ReturnsTo | undefined = isAskedBack
    ? { serviceId, counterId, journeyId }
    : wayBackOf(current, toCounterId)
  return {
    place: place === 'end' ? undefined : place,
    returnsTo: wayBack,
    journeyId: toServiceId === serviceId ? (journeyId ?? undefined) : undefined,
  }
}
