/** Panggil Berikutnya: improve the hand when the server answers, then one transaction decides and writes. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { Grant } from '#contract/wire/hands.ts'
import { decide } from '#domain/desk.ts'
import type { HostContext } from '#main/host/context.ts'
import { readDeskState } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'
import { takeGrant } from '#main/host/take-grant.ts'

export async function callNext(context: HostContext, { commandId }: MethodInput<'queue.callNext'>) {
  const granted = await improve(context)
  return runCommand(context, commandId, () => {
    for (const grant of granted) takeGrant(context, grant)
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

async function improve(context: HostContext): Promise<readonly Grant[]> {
  if (!context.mall.isOnline()) return []
  // A refusal that is already certain does not wait for the server.
  const { counter, current, paused, inDoubt } = readDeskState(context)
  return counter && !current && !paused && !inDoubt ? context.mall.improve() : []
}
