/** Where the test files of one run ask for its PostgreSQL: the first to ask has it started, the end of the run stops it. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    store: 'sqlite' | 'postgres'
    postgresDoor: string
  }
}

export default async function openDoor(project: TestProject): Promise<() => Promise<void>> {
  let keeper: ChildProcess | undefined
  let url: Promise<string> | undefined

  async function start(): Promise<string> {
    keeper = fork(join(import.meta.dirname, 'postgres-keeper.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const ended = once(keeper, 'exit').then(() => {
      throw new Error('PostgreSQL did not start')
    })
    const [ready] = await Promise.race([once(keeper, 'message'), ended])
    return (ready as { url: string }).url
  }

  const door = createServer((_request, response) => {
    url ??= start()
    url.then(
      (text) => response.end(text),
      () => response.writeHead(500).end(),
    )
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  project.provide('postgresDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}`)
  return async () => {
    door.close()
    if (!keeper?.connected) return
    const ended = once(keeper, 'exit')
    keeper.disconnect()
    await ended
  }
}
