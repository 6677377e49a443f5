import { randomBytes, randomUUID } from 'node:crypto'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { verifyStore } from '#db/verify.ts'
import { createConfigCache } from '#main/host/config-cache.ts'
import type { HostContext } from '#main/host/context.ts'
import { createHandlers } from '#main/host/create-handlers.ts'
import { createRouter } from '#main/host/router.ts'
import { LAUNCH_ID, openFeeder, prepareStore } from '#tests/support/prepared-store.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** The host's router and use cases over a store whose size the test can limit; server and devices are silent. */
function routerOverStore() {
  const folder = tempFolder()
  prepareStore(folder)
  const feeder = openFeeder(folder)
  feeder.beforeVisit(0)
  feeder.close()
  const store = openStore(folder)
  onTestFinished(() => store.close())
  const repositories = createRepositories(store, sha256)
  const context: HostContext = {
    store,
    repositories,
    sha256,
    clock: { now: Date.now, mono: () => performance.now(), bootId: 'test' },
    ids: { uuid: randomUUID, randomBytes: (n) => randomBytes(n) },
    log: pino({ level: 'silent' }),
    led: { show() {}, health: () => ({ state: 'absent' }) },
    printer: { wake() {}, health: () => ({ state: 'absent' }) },
    mall: {
      connection: () => ({ state: 'offline', since: 0, unsent: 0, reason: 'UNREACHABLE' }),
      isOnline: () => false,
      improve: async () => {},
      openCounter: async () => ({ ok: false, code: 'UNREACHABLE' }),
      leaseNumbers: async () => {},
      enrol: async () => ({ ok: false, code: 'SERVER_UNREACHABLE' }),
      wake() {},
      start: async () => {},
    },
    language: 'id',
    launchId: LAUNCH_ID,
    config: createConfigCache(store, repositories.device).get,
    changed() {},
  }
  const problems: (string | null)[] = []
  const router = createRouter({
    handlers: createHandlers(context),
    officerRoles: () => ['officer'],
    onResult: (problem) => problems.push(problem),
    log: context.log,
  })
  return { store, repositories, router, problems }
}

it('a full disk refuses the act with a code, records nothing of it, and the desk goes on when there is room again', async () => {
  const { store, repositories, router, problems } = routerOverStore()
  const pages = store.db.pragma('page_count', { simple: true }) as number
  store.db.pragma(`max_page_count = ${pages + 2}`)
  const step = async () => {
    const called = await router.dispatch('queue.callNext', { commandId: randomUUID() })
    if (!called.ok) return called
    const { visitId, entryNo } = called.data as { visitId: string; entryNo: number }
    return router.dispatch('queue.noShow', { commandId: randomUUID(), visitId, entryNo })
  }
  let steps = 0
  let result = await step()
  while (result.ok && steps < 38) {
    steps += 1
    result = await step()
  }
  expect(result).toEqual({ ok: false, code: 'STORE_FULL' })
  expect(problems.at(-1)).toBe('STORE_FULL')
  const { events } = verifyStore(store, repositories, sha256)
  expect(await step()).toEqual({ ok: false, code: 'STORE_FULL' })
  expect(verifyStore(store, repositories, sha256)).toMatchObject({ ok: true, events })

  store.db.pragma('max_page_count = 1000000')
  const current = repositories.entries.current()
  const next = current
    ? await router.dispatch('queue.noShow', { commandId: randomUUID(), visitId: current.visitId, entryNo: 1 })
    : await step()
  expect(next.ok).toBe(true)
  expect(problems.at(-1)).toBeNull()
  expect(verifyStore(store, repositories, sha256).ok).toBe(true)
})
