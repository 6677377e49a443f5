/** Buka/Tutup Loket: a counter's session has an epoch from the server; without it this PC may not act for the counter. */
import type { MethodInput } from '#contract/desk-api.ts'
import { decide } from '#domain/desk.ts'
import type { Fact } from '#domain/events.ts'
import type { HostContext } from '#main/host/context.ts'
import { officerHere, readDeskState } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'

const DONE = { ok: true, data: {} } as const

export async function openCounter(context: HostContext, { commandId }: MethodInput<'counter.open'>) {
  const { repositories, mall } = context
  const device = repositories.device.get()
  if (device?.role_kind !== 'counter') return { ok: false, code: 'NOT_A_COUNTER' } as const
  if (repositories.desk.get().open) return DONE
  // Cut off, only the PC that had the counter last may go on with it.
  const answer = await mall.openCounter()
  if (!answer.ok && answer.code === 'REFUSED') return { ok: false, code: 'COUNTER_REFUSED' } as const
  const session = answer.ok ? answer.session : repositories.desk.get().counter
  if (!session) return { ok: false, code: 'COUNTER_NEEDS_SERVER' } as const
  return runCommand<Record<never, never>, never>(context, commandId, () => {
    repositories.desk.set({ counter: session })
    recordFacts(context, [{ type: 'counter.opened', data: session }], officerHere(context))
    return DONE
  })
}

export function closeCounter(context: HostContext, { commandId }: MethodInput<'counter.close'>) {
  return runCommand(context, commandId, () => {
    const state = readDeskState(context, true)
    const decision = decide(state, { kind: 'closeCounter' })
    if (!decision.ok) return decision
    recordFacts(context, decision.facts, state.officerId)
    return DONE
  })
}

/**
 * A grant that crossed a closing on its way: a closed counter calls nobody, so the dealer gets it back at once.
 * Inside the caller's transaction.
 */
export function giveBackWhenClosed(context: HostContext): void {
  const { repositories } = context
  if (repositories.desk.get().open) return
  const hand = repositories.hand.allHeld()
  if (hand.length === 0) return
  const facts = hand.map(
    ({ visitId, entryNo, grant }): Fact => ({ type: 'entry.released', data: { visitId, entryNo, grant } }),
  )
  recordFacts(context, facts, null)
  context.mall.wake()
}
