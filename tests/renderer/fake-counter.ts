/** A fake host that plays along: signs in, opens, calls, serves and completes, with no rule of its own. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'
import { calledEntry, catalogue, POLICE_OFFICER } from '#tests/renderer/sample-screens.ts'

export function playCounter(host: FakeHost): void {
  const show = (change: Partial<DeskSnapshot>) => host.show('desk', change)
  const today = (change: Partial<DeskSnapshot['today']>) => ({ today: { ...host.snapshot().today, ...change } })

  host.answer('session.signIn', ({ officerId, pin }) => {
    const officer = catalogue.officers.find(({ id }) => id === officerId)
    if (pin !== POLICE_OFFICER.pin || !officer) return { ok: false, code: 'WRONG_PIN' }
    show({ officer })
    return DONE
  })
  host.answer('session.signOut', () => {
    show({ officer: null })
    return DONE
  })
  host.answer('counter.open', () => {
    show({ open: true })
    return DONE
  })
  host.answer('counter.pause', ({ reason, backAt }) => {
    const pause = { reason, since: Date.now(), backAt: backAt ?? null, scheduled: false } as DeskSnapshot['pause']
    show({ pause })
    return DONE
  })
  host.answer('counter.resume', () => {
    show({ pause: null })
    return DONE
  })
  host.answer('counter.daySummary', () => ({
    ok: true,
    data: { served: 19, averageWaitMs: 660_000, averageServedMs: 840_000 },
  }))
  host.answer('counter.close', () => {
    show({ open: false })
    return DONE
  })
  host.answer('queue.callNext', () => {
    const [row, ...waiting] = host.snapshot().waiting
    if (!row) return { ok: false, code: 'NOTHING_WAITING' }
    show({ waiting, current: calledEntry({ ...row, calledAt: Date.now() }) })
    return { ok: true, data: { visitId: row.visitId, entryNo: row.entryNo, label: row.label } }
  })
  host.answer('queue.callAgain', () => {
    const { current } = host.snapshot()
    if (current) show({ current: { ...current, calls: current.calls + 1 } })
    return DONE
  })
  host.answer('queue.startServing', () => {
    const { current } = host.snapshot()
    if (current) show({ current: { ...current, status: 'serving', servingAt: Date.now() } })
    return DONE
  })
  for (const method of ['queue.complete', 'queue.forward', 'queue.noShow']) {
    host.answer(method, () => {
      show({ current: null, ...today({ completed: host.snapshot().today.completed + 1 }) })
      return DONE
    })
  }
}
