/**
 * A command that met a dying host is sent again when the host runs: commands are idempotent by their commandId, so the
 * officer's click counts exactly once whether or not the first attempt was stored.
 */
import type { ShellInfo } from '#contract/messages.ts'
import type { Pipe } from '#renderer/transport/pipe.ts'

const GIVE_UP_AFTER_MS = 15_000
/** The news that the host died may come after the answer HOST_GONE. */
const SETTLE_MS = 150

export function withCommandRetry(pipe: Pipe): Pipe {
  return {
    ...pipe,
    async invoke(method, input) {
      const deadline = performance.now() + GIVE_UP_AFTER_MS
      let result = await pipe.invoke(method, input)
      while (hasCommandId(input) && isHostGone(result) && performance.now() < deadline) {
        await pause(SETTLE_MS)
        await hostRunning(pipe, deadline)
        result = await pipe.invoke(method, input)
      }
      return result
    },
  }
}

/** Resolves when the host runs, at the latest at the deadline. */
function hostRunning(pipe: Pipe, deadline: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      // The first value may come inside subscribe itself, before there is anything to unsubscribe.
      queueMicrotask(() => unsubscribe())
      resolve()
    }
    const timer = setTimeout(done, deadline - performance.now())
    const unsubscribe = pipe.subscribe('shell', (value) => {
      if ((value as ShellInfo).host.state === 'running') done()
    })
  })
}

function hasCommandId(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'commandId' in input
}

function isHostGone(result: unknown): boolean {
  return (result as { code?: string }).code === 'HOST_GONE'
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
