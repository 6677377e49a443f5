import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { verifyStore } from '#db/verify.ts'
import { createHandlers } from '#main/host/create-handlers.ts'
import { createRouter } from '#main/host/router.ts'
import { NO_SET_UP } from '#tests/support/no-set-up.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { openTestDesk } from '#tests/support/test-desk.ts'

/** The host's router and use cases over a store whose size the test can limit; server and devices are silent. */
function routerOverStore() {
  const desk = openTestDesk()
  for (let n = 1; n <= 40; n += 1) desk.grant(n)
  const problems: (string | null)[] = []
  const router = createRouter({
    handlers: { ...createHandlers(desk.context), ...NO_SET_UP },
    isEnrolled: () => true,
    officerRoles: () => ['officer'],
    isLocked: () => false,
    onAct() {},
    onResult: (problem) => problems.push(problem),
    log: desk.context.log,
  })
  return { ...desk, router, problems }
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
  expect(await router.dispatch('session.touch', {})).toMatchObject({ ok: true })
  expect(problems.at(-1), 'a touch asks nothing of the store').toBe('STORE_FULL')
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
