import { expect, test } from 'vitest'
import type { ShellInfo } from '#contract/messages.ts'
import { withCommandRetry } from '#renderer/transport/command-retry.ts'
import type { Pipe } from '#renderer/transport/pipe.ts'

const GONE = { ok: false, code: 'HOST_GONE' }
const DONE = { ok: true, data: {} }

/** A pipe whose host answers what the test lists and runs or not as the test says. */
function scriptedPipe(answers: unknown[]) {
  const calls: unknown[] = []
  const watchers = new Set<(value: unknown) => void>()
  let shell: ShellInfo = { host: { state: 'running' }, laptop: null }
  const pipe: Pipe = {
    invoke(_method, input) {
      calls.push(input)
      return Promise.resolve(answers.shift())
    },
    subscribe(_topic, onValue) {
      watchers.add(onValue)
      onValue(shell)
      return () => watchers.delete(onValue)
    },
  }
  const become = (host: ShellInfo['host']) => {
    shell = { host, laptop: null }
    for (const watcher of watchers) watcher(shell)
  }
  return { pipe, calls, watchers, become }
}

test('a command that met a dying host is sent again with the same id when the host runs', async () => {
  const { pipe, calls, watchers, become } = scriptedPipe([GONE, DONE])
  become({ state: 'restarting', attempt: 1, retryInMs: 10 })
  const answer = withCommandRetry(pipe).invoke('queue.callNext', { commandId: 'one' })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(calls).toHaveLength(1)
  become({ state: 'running' })
  expect(await answer).toBe(DONE)
  expect(calls).toEqual([{ commandId: 'one' }, { commandId: 'one' }])
  expect(watchers.size).toBe(0)
})

test('a host that dies again at once does not end the command', async () => {
  const { pipe, calls } = scriptedPipe([GONE, GONE, DONE])
  expect(await withCommandRetry(pipe).invoke('queue.callNext', { commandId: 'one' })).toBe(DONE)
  expect(calls).toHaveLength(3)
})

test('what is no command is not sent twice', async () => {
  const { pipe, calls } = scriptedPipe([GONE])
  expect(await withCommandRetry(pipe).invoke('session.signIn', { officerId: 'a', pin: '1' })).toBe(GONE)
  expect(calls).toHaveLength(1)
})

test('a refusal is passed on as it is', async () => {
  const refusal = { ok: false, code: 'NOTHING_WAITING' }
  const { pipe, calls } = scriptedPipe([refusal])
  expect(await withCommandRetry(pipe).invoke('queue.callNext', { commandId: 'one' })).toBe(refusal)
  expect(calls).toHaveLength(1)
})
