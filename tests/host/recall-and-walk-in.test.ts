/** How often a number is called, where it waits then, and visitors who have no number at all. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DeskSnapshot } from '#contract/snapshot.ts'
import { buildDeskSnapshot, ledStateOf } from '#main/host/snapshot.ts'
import { issueVisit } from '#main/host/use-cases/issue-visit.ts'
import { findingsOf, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

const snapshotOf = (desk: TestDesk) => DeskSnapshot.parse(buildDeskSnapshot(desk.context, 1, null))
const jobs = ({ store }: TestDesk) => store.db.prepare('SELECT * FROM print_job').all()

async function callNext(desk: TestDesk) {
  const { data } = await desk.call('queue.callNext')
  return data as { visitId: string; entryNo: number; label: string }
}

function withRecall(desk: TestDesk, recall: { limit: number; after: 'no_show' | 'requeue' }) {
  const config = desk.context.config()
  if (!config) throw new Error('the desk has no configuration')
  desk.context.setConfig({ ...config, recall })
}

describe('calling again', () => {
  it('ends after three calls where the mall says nothing else, and then it is the turn of the absent rule', async () => {
    const desk = openTestDesk()
    const ref = desk.grant(1)
    await desk.call('queue.callNext')
    expect(snapshotOf(desk).current?.recallOver).toBeNull()
    for (let call = 2; call <= 3; call += 1) {
      expect(await desk.call('queue.callAgain', ref)).toMatchObject({ ok: true })
    }
    expect(snapshotOf(desk).current).toMatchObject({ calls: 3, recallOver: 'no_show' })
    expect(await desk.call('queue.callAgain', ref)).toMatchObject({ code: 'RECALL_LIMIT' })
    // Whoever comes at the last moment is served.
    expect(await desk.call('queue.startServing', ref)).toMatchObject({ ok: true })
  })

  it('is what the mall says, and one who is sent to the end waits behind the others of the class from then on', async () => {
    const desk = openTestDesk()
    withRecall(desk, { limit: 1, after: 'requeue' })
    const first = desk.grant(1)
    desk.clock.pass(60_000)
    desk.grant(2)
    desk.clock.pass(60_000)
    await desk.call('queue.callNext')
    expect(snapshotOf(desk).current?.recallOver).toBe('requeue')
    expect(await desk.call('queue.callAgain', first)).toMatchObject({ code: 'RECALL_LIMIT' })
    desk.facts()
    await desk.call('queue.returnToQueue', { ...first, to: 'end' })
    expect(desk.facts()).toEqual([{ type: 'entry.returned', data: { ...first, to: 'end' } }])

    expect(snapshotOf(desk).waiting).toMatchObject([
      { label: 'SK-002', mine: true },
      { label: 'SK-001', mine: true, waitingSince: desk.clock.wall },
    ])
    expect(await callNext(desk)).toMatchObject({ label: 'SK-002' })
    await desk.call('queue.noShow', { ...(snapshotOf(desk).current ?? first) })
    expect(await callNext(desk)).toMatchObject({ label: 'SK-001' })
    expect(snapshotOf(desk).current).toMatchObject({ calls: 1 })
    expect(findingsOf(desk)).toEqual([])
  })

  it('of a priority number sent to the end stays a matter of its own class', async () => {
    const desk = openTestDesk()
    const elderly = desk.grant(1, { priority: 'elderly' })
    desk.clock.pass(1_000)
    desk.grant(2)
    desk.grant(3, { priority: 'pregnant', waitingSince: desk.clock.wall })
    await desk.call('queue.callNext')
    desk.clock.pass(1_000)
    await desk.call('queue.returnToQueue', { ...elderly, to: 'end' })
    const order = snapshotOf(desk).waiting.map(({ label }) => label)
    expect(order.indexOf('SK-003')).toBeLessThan(order.indexOf('SK-001'))
  })
})

describe('a visitor without a number', () => {
  const wish = { serviceId: 'skck', priority: null }

  it.each([true, false])(
    'is served at once, with a receipt at the end and no slip (connected: %s)',
    async (isOnline) => {
      const desk = openTestDesk()
      desk.mall.isOnline = isOnline
      desk.printer.isThere = true
      const { data } = await desk.call('queue.quickServe', wish)
      const { visitId, entryNo, label } = data as { visitId: string; entryNo: number; label: string }
      expect(label).toMatch(/^L\d\d-01$/)
      expect(desk.facts().map(({ type }) => type)).toEqual(['visit.issued_here', 'entry.presented', 'entry.serving'])
      expect(snapshotOf(desk)).toMatchObject({ current: { visitId, label, status: 'serving' }, undo: null })
      expect(ledStateOf(desk.context).state).toMatchObject({ kind: 'number', blink: false })
      expect(jobs(desk)).toEqual([])
      await desk.call('queue.complete', { visitId, entryNo, outcome: 'delivered', paymentReference: null })
      expect(jobs(desk)).toMatchObject([{ kind: 'receipt', label }])
      expect(findingsOf(desk)).toEqual([])
    },
  )

  it('takes no number while somebody is at the desk, while paused, for a foreign service or in doubt', async () => {
    const desk = openTestDesk()
    const refused = async (input: object = wish) => (await desk.call('queue.quickServe', input)).code
    desk.grant(1)
    const { visitId, entryNo } = await callNext(desk)
    expect(await refused()).toBe('ENTRY_IN_PROGRESS')
    await desk.call('queue.noShow', { visitId, entryNo })
    await desk.call('counter.pause', { reason: 'break' })
    expect(await refused()).toBe('COUNTER_PAUSED')
    await desk.call('counter.resume')
    expect(await refused({ ...wish, serviceId: 'ktp-el-baru' })).toBe('SERVICE_UNKNOWN')
    await desk.call('counter.close')
    desk.mall.isOnline = true
    expect(await refused()).toBe('COUNTER_NOT_OPEN')
    desk.mall.isOnline = false
    // No number was lost by all that.
    expect(await desk.call('queue.quickServe', wish)).toMatchObject({ data: { label: expect.stringMatching(/-01$/) } })
  })

  it('whose answer was lost is served once', async () => {
    const desk = openTestDesk()
    const input = { ...wish, commandId: randomUUID() }
    const first = await desk.call('queue.quickServe', input)
    desk.facts()
    expect(await desk.call('queue.quickServe', input)).toEqual(first)
    expect(desk.facts()).toEqual([])
  })

  it('leaves the turn of the others as it was', async () => {
    const desk = openTestDesk()
    const before = desk.repositories.desk.get().history
    await desk.call('queue.quickServe', { ...wish, priority: 'elderly' })
    expect(desk.repositories.desk.get().history).toEqual(before)
  })
})

describe('a repeated command gets its first result, whatever has changed meanwhile', () => {
  it.each([
    ['queue.forward', { toServiceId: 'ktp-el-baru', handsOver: null }],
    ['queue.transfer', { toServiceId: 'ktp-el-baru', toCounterId: 'disdukcapil-2' }],
  ] as const)('%s', async (method, to) => {
    const desk = openTestDesk()
    desk.grant(1)
    const input = { ...(await callNext(desk)), ...to, commandId: randomUUID() }
    expect(await desk.call(method, input)).toMatchObject({ ok: true })
    desk.facts()
    const config = desk.context.config()
    if (!config) throw new Error('the desk has no configuration')
    const services = config.services.filter(({ id }) => id !== to.toServiceId)
    desk.context.setConfig({ ...config, services, counters: [] })
    expect(await desk.call(method, input)).toMatchObject({ ok: true })
    expect(await desk.call(method, { ...input, commandId: randomUUID() })).toMatchObject({ code: 'SERVICE_UNKNOWN' })
    expect(desk.facts()).toEqual([])
  })

  it('visit.issue', async () => {
    const desk = openTestDesk()
    desk.store.db.exec("UPDATE device SET role_kind = 'front_desk', role_id = 'penerima-1'")
    const input = { serviceId: 'skck', priority: null, journeyId: null, commandId: randomUUID() }
    const first = await issueVisit(desk.context, input)
    expect(first).toMatchObject({ ok: true })
    const config = desk.context.config()
    if (!config) throw new Error('the desk has no configuration')
    desk.context.setConfig({ ...config, services: [] })
    expect(await issueVisit(desk.context, input)).toEqual(first)
    expect(await issueVisit(desk.context, { ...input, commandId: randomUUID() })).toMatchObject({
      code: 'SERVICE_UNKNOWN',
    })
  })

  it('visit.issueHere', async () => {
    const desk = openTestDesk()
    const input = { serviceId: 'skck', priority: null, commandId: randomUUID() }
    const first = await desk.call('visit.issueHere', input)
    const config = desk.context.config()
    if (!config) throw new Error('the desk has no configuration')
    desk.context.setConfig({ ...config, counters: [] })
    expect(await desk.call('visit.issueHere', input)).toEqual(first)
  })
})
