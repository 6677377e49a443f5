/** Real host processes, killed without warning while they work. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createDeskClient } from '#contract/desk-client.ts'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { verifyStore } from '#db/verify.ts'
import { forkHostOnNode } from '#main/node/node-fork.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import { createHostSupervisor } from '#main/shell/host-supervisor.ts'
import { ROOT } from '#scripts/root.ts'
import { LAUNCH_ID, openFeeder, prepareStore } from '#tests/support/prepared-store.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const KILLS = 12
const QUIET = { info() {}, warn() {}, error() {} }

it('a host killed at any moment loses nothing that it acknowledged, and the desk goes on by itself', async () => {
  const dataDir = tempFolder()
  prepareStore(dataDir)
  const feeder = openFeeder(dataDir)
  let child: HostProcess | null = null
  let starts = 0
  const supervisor = createHostSupervisor({
    fork() {
      starts += 1
      const host = { dataDir, launchId: LAUNCH_ID, logPath: join(dataDir, 'host.log'), logLevel: 'warn' } as const
      child = forkHostOnNode({ entry: join(ROOT, 'main/host/process.ts'), host, log: QUIET })
      return child
    },
    logPath: '',
    log: QUIET,
  })
  const client = createDeskClient(supervisor.connect())
  const acknowledged: string[] = []
  let killed = 0
  let visits = 0
  let between = 0
  async function again<T extends { ok: boolean; code?: string }>(act: () => Promise<T>): Promise<T> {
    let result = await act()
    while (result.code === 'HOST_GONE') {
      between += 1
      await delay(20)
      // Twelve deaths in a few seconds would make the supervisor wait longer and longer: the officer presses "coba lagi".
      supervisor.retryNow()
      result = await act()
    }
    return result
  }
  while (killed < KILLS) {
    feeder.beforeVisit(visits)
    visits += 1
    // The same command id again after the death of the host, as a screen does: one call, whatever happened in between.
    const commandId = randomUUID()
    if (visits % 7 === 0) {
      killed += 1
      setTimeout(() => child?.kill(), Math.random() * 3)
    }
    const called = await again(() => client.invoke('queue.callNext', { commandId }))
    if (!called.ok) throw new Error(`visit ${visits}: ${called.code}`)
    const { visitId, entryNo } = called.data
    acknowledged.push(visitId)
    const endId = randomUUID()
    const ended = await again(() => client.invoke('queue.noShow', { commandId: endId, visitId, entryNo }))
    expect(ended).toEqual({ ok: true, data: {} })
  }
  await supervisor.stop()
  feeder.close()

  const store = openStore(dataDir)
  const repositories = createRepositories(store, sha256)
  const verdict = verifyStore(store, repositories, sha256)
  const statuses = acknowledged.map((visitId) => repositories.entries.get({ visitId, entryNo: 1 })?.status)
  store.close()
  expect(verdict).toMatchObject({ ok: true, events: 2 * visits })
  expect(new Set(acknowledged).size).toBe(visits)
  expect(statuses.every((status) => status === 'no_show')).toBe(true)
  expect(starts).toBeGreaterThan(KILLS / 2)
  // Some deaths hit a command that was under way; otherwise this test would prove nothing.
  expect(between).toBeGreaterThan(0)
}, 60_000)
