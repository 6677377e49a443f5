/** One command at a time: a second click while the first is under way does nothing. */
import { useCallback, useRef, useState } from 'react'
import type { Failure, MethodInput, MethodName, MethodOutput } from '#contract/desk-api.ts'
import { useClient } from '#renderer/state/context.tsx'

/** A command's input without its id: every act gets a new one here. */
type CommandInput<M extends MethodName> = Omit<MethodInput<M>, 'commandId'>

export type Command = {
  /** Answers what the host answered, or null when it refused (then `failure` says why) or another command is under way. */
  run<M extends MethodName>(method: M, input: CommandInput<M>): Promise<MethodOutput<M> | null>
  busy: boolean
  failure: Failure | null
  clear(): void
}

export function useCommand(): Command {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const underWay = useRef(false)

  const run: Command['run'] = useCallback(
    async (method, input) => {
      if (underWay.current) return null
      underWay.current = true
      setBusy(true)
      setFailure(null)
      const result = await client.invoke(method, withCommandId(method, input))
      underWay.current = false
      setBusy(false)
      if (result.ok) return result.data
      setFailure(result)
      return null
    },
    [client],
  )
  const clear = useCallback(() => setFailure(null), [])
  return { run, busy, failure, clear }
}

/** These two are not commands of the log: the contract gives them no id. */
const WITHOUT_COMMAND_ID: readonly MethodName[] = ['setup.enrol', 'session.signIn', 'session.signOut', 'print.settle']

function withCommandId<M extends MethodName>(method: M, input: CommandInput<M>): MethodInput<M> {
  const full = WITHOUT_COMMAND_ID.includes(method) ? input : { ...input, commandId: crypto.randomUUID() }
  return full as MethodInput<M>
}
