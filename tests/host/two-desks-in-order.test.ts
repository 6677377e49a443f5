/** Two real desks and a real server: a number out of the other's hand, and a visitor who is sent there and comes back. */
import { expect, it } from 'vitest'
import type { TestHost } from '#tests/support/in-process-host.ts'
import { commandId, type Mall, must, openMall } from '#tests/support/mall.ts'

async function openDesk(mall: Mall, id: string): Promise<TestHost> {
  const desk = await mall.desk(id)
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  return desk
}

async function end(desk: TestHost, { visitId, entryNo }: { visitId: string; entryNo: number }): Promise<void> {
  const ref = { visitId, entryNo }
  await must(desk.client.invoke('queue.startServing', { commandId: commandId(), ...ref }))
  const done = { ...ref, outcome: 'delivered', paymentReference: null } as const
  await must(desk.client.invoke('queue.complete', { commandId: commandId(), ...done }))
}

/** A desk that has just opened is asked for nothing before its heartbeat, and a busy PC may answer late: then it is tried once more. */
async function callUntilAnswered(desk: TestHost, visitId: string): Promise<void> {
  for (;;) {
    const call = { commandId: commandId(), visitId, entryNo: 1, reason: 'companion' } as const
    const result = await desk.client.invoke('queue.callTicket', call)
    if (result.ok) return
    expect(result.code).toMatch(/^TICKET_(NOT_ANSWERED|NEEDS_SERVER)$/)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

it('a number in the other hand is called here with its reason, goes over to the other desk, and comes back next', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const [one, two] = [await openDesk(mall, 'polres-1'), await openDesk(mall, 'polres-2')]
  for (let n = 0; n < 6; n += 1) {
    const visit = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
    await must(front.client.invoke('visit.issue', visit))
  }
  const held = await one.until((snapshot) => snapshot.waiting.length === 6, 'everybody in the list')
  await two.until((snapshot) => snapshot.waiting.filter((row) => row.mine).length === 3, 'three in the other hand')
  const wanted = held.waiting.findLast((row) => !row.mine)
  if (!wanted) throw new Error('nothing in the other hand')
  const { visitId, label } = wanted
  await callUntilAnswered(one, visitId)
  const called = await one.until((snapshot) => snapshot.current?.label === label, 'called')
  expect(called.current?.why.outOfOrder).toBe('companion')
  await two.until((snapshot) => snapshot.waiting.every((row) => row.label !== label), 'gone from the other list')
  const again = { commandId: commandId(), visitId, entryNo: 1, reason: 'other' } as const
  expect(await two.client.invoke('queue.callTicket', again)).toMatchObject({ ok: false, code: 'TICKET_TAKEN' })

  await must(one.client.invoke('queue.startServing', { commandId: commandId(), visitId, entryNo: 1 }))
  const to = { toServiceId: 'skck', toCounterId: 'polres-2', place: 'front', returns: true } as const
  await must(one.client.invoke('queue.transfer', { commandId: commandId(), visitId, entryNo: 1, ...to }))
  // The next fact ends the time in which the transfer may be taken back.
  const meanwhile = await must(one.client.invoke('queue.callNext', { commandId: commandId() }))
  await two.until(
    (snapshot) => snapshot.waiting[0]?.label === label && snapshot.waiting[0].mine,
    'first at the other desk',
  )
  expect(await must(two.client.invoke('queue.callNext', { commandId: commandId() }))).toMatchObject({
    visitId,
    entryNo: 2,
  })
  const there = await two.until((snapshot) => snapshot.current !== null, 'called there')
  expect(there.current).toMatchObject({ why: { place: 'front' }, returnsTo: there.current?.returnsTo })
  expect(there.current?.returnsTo).not.toBeNull()
  await end(two, { visitId, entryNo: 2 })

  await end(one, meanwhile)
  await one.until(
    (snapshot) => snapshot.waiting[0]?.label === label && snapshot.waiting[0].mine,
    'back at the first desk',
  )
  expect(await must(one.client.invoke('queue.callNext', { commandId: commandId() }))).toMatchObject({
    visitId,
    entryNo: 3,
  })
  const back = await one.until((snapshot) => snapshot.current?.entryNo === 3, 'called again')
  expect(back.current?.why.place).toBe('returned')
  expect(back.current?.returnsTo).toBeNull()
}, 60_000)
