/** Panggil Berikutnya: improve the hand when the server answers, then one transaction decides and writes. */
import type { MethodInput } from '#contract/desk-api.ts'
import { decide } from '#domain/desk.ts'
import type { HostContext } from '#main/host/context.ts'
import { readDeskState } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'

export async function callNext(context: HostContext, { commandId }: MethodInput<'queue.callNext'>) {
  if (context.mall.isOnline()) {
    // A refusal that is already certain does not wait for the server.
    const before = readDeskState(context)
    if (before.counter && !before.current && !before.paused && !before.inDoubt) await context.mall.improve()
  }
  return runCommand(context, commandId, () => {
    const state = readDeskState(context)
    const decision = decide(state, { kind: 'callNext' })
    if (!decision.ok) return decision
    recordFacts(context, decision.facts, state.officerId)
    const [called] = decision.facts
    if (called?.type !== 'entry.called') throw new Error('callNext decided something else than a call')
    const { visitId, entryNo, label } = called.data
    return { ok: true, data: { visitId, entryNo, label } }
  })
}
