/** The host as a process: what it says when it cannot start, and that it ends with its shell. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { STORE_FILE } from '#db/open.ts'
import { type FromHostProcess, HOST_OPTIONS_ENV } from '#main/shell/host-protocol.ts'
import { ROOT } from '#scripts/root.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

function start(dataDir: string, logPath = join(dataDir, 'host.log')): ChildProcess {
  const options = { dataDir, launchId: 'test', logPath, logLevel: 'warn' }
  const child = fork(join(ROOT, 'main/host/process.ts'), [], {
    env: { ...process.env, [HOST_OPTIONS_ENV]: JSON.stringify(options) },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const firstWord = (child: ChildProcess) =>
  new Promise<FromHostProcess>((resolve) => child.once('message', (message) => resolve(message as FromHostProcess)))
const exit = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))

describe('a host that cannot start says why and ends', () => {
  it.each([
    ['STORE_BROKEN', (folder: string) => writeFileSync(join(folder, STORE_FILE), 'not a database '.repeat(300))],
    [
      'PROFILE_INVALID',
      (folder: string) => writeFileSync(join(folder, 'profile.json'), '{"displays": [{"driver": "neon"}]}'),
    ],
    ['PROFILE_INVALID', (folder: string) => writeFileSync(join(folder, 'profile.json'), '{ half')],
    // Where the store should be stands a folder.
    ['STORE_READ_ONLY', (folder: string) => mkdirSync(join(folder, STORE_FILE))],
  ])('%s', async (code, spoil) => {
    const folder = tempFolder()
    spoil(folder)
    const child = start(folder)
    const exited = exit(child)
    expect(await firstWord(child)).toMatchObject({ kind: 'fatal', code })
    expect(await exited).toBe(1)
  })

  it('STORE_IN_USE, while another host has the store', async () => {
    const folder = tempFolder()
    expect(await firstWord(start(folder))).toEqual({ kind: 'ready' })
    expect(await firstWord(start(folder))).toMatchObject({ kind: 'fatal', code: 'STORE_IN_USE' })
  })

  it('STORE_READ_ONLY, also when not even its log can be written', async () => {
    const child = start('/sys/loket', '/sys/loket/host.log')
    expect(await firstWord(child)).toMatchObject({ kind: 'fatal', code: 'STORE_READ_ONLY' })
  })
})

it('a log that cannot take another line stops nobody', async () => {
  const folder = tempFolder()
  expect(await firstWord(start(folder, '/dev/full'))).toEqual({ kind: 'ready' })
  const broken = tempFolder()
  writeFileSync(join(broken, STORE_FILE), 'not a database '.repeat(300))
  expect(await firstWord(start(broken, '/dev/full'))).toMatchObject({ kind: 'fatal', code: 'STORE_BROKEN' })
})

it('a host ends when its shell is gone, and when it is told to stop', async () => {
  const orphan = start(tempFolder())
  await firstWord(orphan)
  const orphanExit = exit(orphan)
  orphan.disconnect()
  expect(await orphanExit).toBe(0)

  const told = start(tempFolder())
  await firstWord(told)
  const toldExit = exit(told)
  told.send({ kind: 'stop' })
  expect(await toldExit).toBe(0)
})
