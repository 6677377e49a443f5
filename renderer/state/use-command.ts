/** One command at a time: a second click while the first is under way does nothing. */
import { useCallback, useRef, useState } from 'react'
import type { Failure, MethodInput, MethodName, MethodOutput } from '#contract/desk-api.ts'
import { useClient } from '#renderer/state/context.tsx'

/** Nobody knows whether it was done: pressed again it goes out under its own id, so that it is never done twice. */
const NO_ANSWER: readonly string[] = ['HOST_GONE', 'HOST_TIMEOUT']

/** A command's input without its id, which it gets here. */
type CommandInput<M extends MethodName> = Omit<MethodInput<M>, 'commandId'>

export type Command = {
  /** Answers what the host answered, or null when it refused (then `failure` says why) or another command is under way. */
  run<M extends MethodName>(method: M, input: CommandInput<M>): Promise<MethodOutput<M> | null>
  busy: boolean
  failure: Failure | null
  clear(): void
  /** What this screen refuses by itself is told like a refusal of the host, until the next command. */
  refuse(code: string): void
}

export function useCommand(): Command {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const underWay = useRef(false)
  const unanswered = useRef<{ act: string; commandId: string } | null>(null)

  const run: Command['run'] = useCallback(
    async (method, input) => {
      if (underWay.current) return null
      underWay.current = true
      setBusy(true)
      setFailure(null)
      const act = JSON.stringify([method, input])
      const commandId = unanswered.current?.act === act ? unanswered.current.commandId : crypto.randomUUID()
      const result = await client.invoke(method, withCommandId(method, input, commandId))
      unanswered.current = !result.ok && NO_ANSWER.includes(result.code) ? { act, commandId } : null
      underWay.current = false
      setBusy(false)
      if (result.ok) return result.data
      setFailure(result)
      return null
    },
    [client],
  )
  const clear = useCallback(() => setFailure(null), [])
  const refuse = useCallback((code: string) => setFailure({ ok: false, code }), [])
  return { run, busy, failure, clear, refuse }
}

/** The methods that are commands of the log; only to these the contract gives an id. */
const COMMANDS = /^(counter|queue|visit)\./

function withCommandId<M extends MethodName>(method: M, input: CommandInput<M>, commandId: string): MethodInput<M> {
  const full = COMMANDS.test(method) ? { ...input, commandId } : input
  return full as MethodInput<M>
}
