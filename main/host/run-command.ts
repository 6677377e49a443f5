/** Commands are idempotent: the result is stored in the command's own transaction, a repeat gets the first result. */
import type { Result } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'

/**
 * Runs `work` in one immediate transaction and stores its result under `commandId`. A refusal stores nothing: the same
 * command may succeed later. After the commit the screens, devices and the sync engine are told.
 */
export function runCommand<T, C extends string>(
  context: HostContext,
  commandId: string,
  work: () => Result<T, C>,
): Result<T, C> {
  const { store, repositories, clock } = context
  const result = store.transaction(() => {
    const first = repositories.commands.result(commandId)
    if (first !== null) return { ok: true, data: JSON.parse(first) } as Result<T, C>
    const now = work()
    if (now.ok) repositories.commands.add(commandId, JSON.stringify(now.data), clock.now())
    return now
  })
  if (result.ok) afterCommit(context)
  return result
}

/** Tells everybody who acts on committed state. None of them can fail the command. */
export function afterCommit(context: HostContext): void {
  context.changed()
  context.mall.wake()
  context.printer.wake()
}
