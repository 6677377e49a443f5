import { expect, it } from 'vitest'
import type { TestHost } from '#tests/support/in-process-host.ts'
import { commandId, type Mall, must, openMall } from '#tests/support/mall.ts'

async function issue(front: TestHost, serviceId: string, count: number): Promise<string[]> {
  const labels: string[] = []
  for (let n = 0; n < count; n += 1) {
    const input = { commandId: commandId(), serviceId, priority: null, journeyId: null }
    labels.push((await must(front.client.invoke('visit.issue', input))).label)
  }
  return labels
}

async function openDesk(mall: Mall, id: string): Promise<TestHost & { dataDir: string }> {
  const desk = await mall.desk(id)
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  return desk
}

async function serve(desk: TestHost, called: { visitId: string; entryNo: number }): Promise<void> {
  const entry = { visitId: called.visitId, entryNo: called.entryNo }
  await must(desk.client.invoke('queue.startServing', { commandId: commandId(), ...entry }))
  await must(
    desk.client.invoke('queue.complete', {
      commandId: commandId(),
      ...entry,
      outcome: 'delivered',
      paymentReference: null,
    }),
  )
}

const mine = (count: number) => (snapshot: { waiting: { mine: boolean }[] }) =>
  snapshot.waiting.filter((row) => row.mine).length >= count

it('a command that is sent twice acts once and gets the first result twice', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await openDesk(mall, 'polres-1')]
  await issue(front, 'skck', 2)
  await desk.until(mine(2), 'two in the hand')
  const id = commandId()
  const [first, second] = await Promise.all([
    desk.client.invoke('queue.callNext', { commandId: id }),
    desk.client.invoke('queue.callNext', { commandId: id }),
  ])
  expect(first.ok).toBe(true)
  expect(second).toEqual(first)
  expect(await desk.client.invoke('queue.callNext', { commandId: id })).toEqual(first)
  expect((await desk.until((snapshot) => snapshot.current !== null)).today.called).toBe(1)
})

it('a double click on Panggil Berikutnya calls one person, not two', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await openDesk(mall, 'polres-1')]
  await issue(front, 'skck', 2)
  await desk.until(mine(2), 'two in the hand')
  const results = await Promise.all(
    [1, 2, 3].map(() => desk.client.invoke('queue.callNext', { commandId: commandId() })),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.filter((result) => !result.ok).map((result) => (result.ok ? '' : result.code))).toEqual([
    'ENTRY_IN_PROGRESS',
    'ENTRY_IN_PROGRESS',
  ])
})

it('a stale screen never acts on another citizen', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await openDesk(mall, 'polres-1')]
  await issue(front, 'skck', 2)
  await desk.until(mine(2), 'two in the hand')
  const seen = await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  const stale = { visitId: seen.visitId, entryNo: 1 }
  expect(
    await desk.client.invoke('queue.complete', {
      commandId: commandId(),
      ...stale,
      outcome: 'delivered',
      paymentReference: null,
    }),
  ).toMatchObject({ code: 'NOT_ALLOWED_NOW' })
  await must(desk.client.invoke('queue.noShow', { commandId: commandId(), ...stale }))
  expect(await desk.client.invoke('queue.startServing', { commandId: commandId(), ...stale })).toMatchObject({
    code: 'NO_CURRENT_ENTRY',
  })
  await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  expect(await desk.client.invoke('queue.startServing', { commandId: commandId(), ...stale })).toMatchObject({
    code: 'STALE_SCREEN',
  })
})

it('two counters of one service never call the same person, and all are called in order of arrival', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const desks = [await openDesk(mall, 'disdukcapil-1'), await openDesk(mall, 'disdukcapil-2')]
  const labels = await issue(front, 'ktp-el-baru', 12)
  await front.until(
    ({ connection, today }) => connection.unsent === 0 && today.issued === 12,
    'all numbers with the server',
  )
  const called: string[][] = [[], []]
  while (called.flat().length < labels.length) {
    for (const [index, desk] of desks.entries()) {
      const result = await desk.client.invoke('queue.callNext', { commandId: commandId() })
      if (!result.ok) continue
      called[index]?.push(result.data.label)
      await serve(desk, result.data)
    }
  }
  expect(called.flat().toSorted()).toEqual(labels)
  for (const one of called) expect(one).toEqual(one.toSorted())
  expect(called.every((one) => one.length > 0)).toBe(true)
})

it('a counter that closes gives its hand back, and the other counter calls those people', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const first = await openDesk(mall, 'disdukcapil-1')
  await issue(front, 'ktp-el-baru', 4)
  await first.until(mine(4), 'the whole queue in the only open counter')
  const second = await openDesk(mall, 'disdukcapil-2')
  await must(first.client.invoke('counter.close', { commandId: commandId() }))
  await second.until(mine(4), 'the released entries')
  expect(await first.client.invoke('queue.callNext', { commandId: commandId() })).toMatchObject({
    code: 'COUNTER_NOT_OPEN',
  })
  for (let n = 0; n < 4; n += 1) {
    await serve(second, await must(second.client.invoke('queue.callNext', { commandId: commandId() })))
  }
  await second.until(({ today }) => today.completed === 4, 'all four served')
})

it('an officer change keeps the hand and the open counter', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await openDesk(mall, 'polres-1')]
  await issue(front, 'skck', 3)
  await desk.until(mine(3), 'the hand')
  await must(desk.client.invoke('session.signIn', { officerId: 'petugas-polres-2', pin: '806243' }))
  const after = await desk.until((snapshot) => snapshot.officer?.id === 'petugas-polres-2', 'the next officer')
  expect(after.open).toBe(true)
  expect(after.waiting.filter((row) => row.mine)).toHaveLength(3)
  await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
})

it('what an officer types for the next desk is nowhere in an event', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await openDesk(mall, 'polres-1')]
  await must(
    front.client.invoke('visit.issue', {
      commandId: commandId(),
      serviceId: 'surat-kehilangan',
      priority: 'elderly',
      journeyId: 'ktp-hilang',
    }),
  )
  await desk.until(mine(1), 'the hand')
  const { visitId, entryNo } = await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  const ref = { visitId, entryNo }
  await must(desk.client.invoke('queue.startServing', { commandId: commandId(), ...ref }))
  const handsOver = 'RAHASIA-123'
  expect(
    await desk.client.invoke('queue.forward', { commandId: commandId(), ...ref, toServiceId: 'skck', handsOver }),
  ).toMatchObject({ code: 'NOTHING_TO_HAND_OVER' })
  await must(
    desk.client.invoke('queue.forward', { commandId: commandId(), ...ref, toServiceId: 'ktp-el-hilang', handsOver }),
  )
  await desk.until(({ connection, today }) => connection.unsent === 0 && today.forwarded === 1, 'acknowledgement')
  const events = await mall.server.db.selectFrom('event').select('body').execute()
  expect(events.some((event) => event.body.includes('entry.forwarded'))).toBe(true)
  expect(events.some((event) => event.body.includes(handsOver))).toBe(false)
})

it('a grant that reaches a counter just after it closed goes back to the dealer', async () => {
  const mall = await openMall()
  const [front, first] = [await mall.desk('penerima-1'), await openDesk(mall, 'disdukcapil-1')]
  await must(first.client.invoke('counter.close', { commandId: commandId() }))
  await first.until(({ connection, open }) => !open && connection.unsent === 0, 'the closing at the server')
  // The server as it is while the closing is on its way: it believes that the counter is open, and deals to it.
  await mall.server.db.updateTable('counter_session').set({ closed_at: null }).execute()
  await issue(front, 'ktp-el-baru', 3)
  await front.until(
    ({ connection, today }) => connection.unsent === 0 && today.issued === 3,
    'the numbers at the server',
  )
  await mall.server.db.updateTable('counter_session').set({ closed_at: 1 }).execute()
  const second = await openDesk(mall, 'disdukcapil-2')
  await second.until(mine(3), 'everybody in the other hand')
})
