/** Commands are idempotent: the result is stored in the command's own transaction, a repeat gets the first result. */
import type { Result } from '#contract/desk-api.ts'
import { expiries } from '#domain/counter-facts.ts'
import type { HostContext } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'

/**
 * Runs `work` in one immediate transaction and stores its result under `commandId`. A refusal stores nothing: the same
 * command may succeed later. The first command of a new date ends what the old one left waiting. After the commit the screens,
 * devices and the sync engine are told.
 */
export function runCommand<T, C extends string>(
  context: HostContext,
  commandId: string,
  work: () => Result<T, C>,
): Result<T, C> {
  const { store, repositories, clock } = context
  let isNewDay = false
  const result = store.transaction(() => {
    const first = repositories.commands.result(commandId)
    if (first !== null) return { ok: true, data: JSON.parse(first) } as Result<T, C>
    isNewDay = endOldDays(context)
    const now = work()
    if (now.ok) repositories.commands.add(commandId, JSON.stringify(now.data), clock.now())
    return now
  })
  if (result.ok || isNewDay) afterCommit(context)
  return result
}

/** Whatever the command's own fate is, the day is over. */
function endOldDays(context: HostContext): boolean {
  const date = today(context)
  const left = context.repositories.hand.heldBefore(date)
  if (left.length > 0) recordFacts(context, expiries(left, date), null)
  return left.length > 0
}

/** Tells everybody who acts on committed state. None of them can fail the command. */
export function afterCommit(context: HostContext): void {
  context.changed()
  context.mall.wake()
  context.printer.wake()
}
