/** Panggil nomor ini: one number out of turn, with a reason. From the own hand at once; else the server is asked for just this one. */
import type { Failure, MethodError, MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { Grant, WantedReply } from '#contract/wire/hands.ts'
import { decide } from '#domain/desk.ts'
import type { DeskRefusal } from '#domain/desk-command.ts'
import { refuseCall } from '#domain/desk-hand.ts'
import type { EntryRef } from '#domain/events.ts'
import type { HostContext } from '#main/host/context.ts'
import { readDeskState } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'
import { permittedServices } from '#main/host/services.ts'
import { takeGrant } from '#main/host/take-grant.ts'

type Refusal = Failure<MethodError<'queue.callTicket'>>

export async function callTicket(context: HostContext, input: MethodInput<'queue.callTicket'>) {
  const { commandId, visitId, entryNo, reason } = input
  const ref = { visitId, entryNo }
  const wanted = mustAsk(context, commandId, ref) ? await ask(context, ref) : null
  if (wanted && 'ok' in wanted) return wanted
  return runCommand<MethodOutput<'queue.callTicket'>, DeskRefusal>(context, commandId, () => {
    if (wanted) takeGrant(context, wanted)
    const state = readDeskState(context, ref, true)
    const decision = decide(state, { kind: 'callTicket', ...ref, reason })
    if (!decision.ok) return decision
    recordFacts(context, decision.facts, state.officerId)
    const [called] = decision.facts
    if (called?.type !== 'entry.called') throw new Error('callTicket decided something else than a call')
    return { ok: true, data: { ...ref, label: called.data.label } }
  })
}

/** Not for what is certain already: a repeated command, a refusal, a number in the own hand. */
function mustAsk(context: HostContext, commandId: string, ref: EntryRef): boolean {
  const { repositories } = context
  if (repositories.commands.result(commandId) !== null || repositories.hand.get(ref)?.state === 'held') return false
  const state = readDeskState(context)
  return state.counter !== null && state.officerId !== null && refuseCall(state) === null
}

async function ask(context: HostContext, ref: EntryRef): Promise<Grant | Refusal> {
  const { queue, desk } = context.repositories
  const serviceId = queue.get(ref)?.serviceId
  if (serviceId !== undefined && !permittedServices(context, desk.get().officerId).includes(serviceId)) {
    return { ok: false, code: 'SERVICE_NOT_PERMITTED' }
  }
  if (!context.mall.isOnline()) return { ok: false, code: 'TICKET_NEEDS_SERVER' }
  const reply = await context.mall.want(ref)
  return reply?.kind === 'granted' ? reply.grant : refusalOf(context, reply)
}

function refusalOf(context: HostContext, reply: Exclude<WantedReply, { kind: 'granted' }> | null): Refusal {
  switch (reply?.kind) {
    case undefined:
      return { ok: false, code: 'TICKET_NEEDS_SERVER' }
    case 'holder_silent':
      return { ok: false, code: 'TICKET_NOT_ANSWERED', detail: counterOf(context, reply.counterId) }
    case 'in_service':
      return { ok: false, code: 'TICKET_TAKEN', detail: counterOf(context, reply.counterId) }
    case 'not_here':
      return { ok: false, code: 'TICKET_NOT_HERE', detail: counterOf(context, reply.counterId) }
    case 'gone':
      return { ok: false, code: 'TICKET_GONE' }
  }
}

function counterOf(context: HostContext, counterId: string | null): { counter: string } {
  return { counter: context.config()?.counters.find(({ id }) => id === counterId)?.name ?? 'none' }
}
