/** The counter's day with a real server and real hosts: who serves what a counter leaves, and what closing gives to others. */
import { expect, it } from 'vitest'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { TestHost } from '#tests/support/in-process-host.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'

const LOSS = 'surat-kehilangan'
const RECORD = 'skck'

/** Both police counters serve loss reports and criminal records. */
async function policeMall() {
  const mall = await openMall()
  const front = await mall.desk('penerima-1', { officerId: 'penerima-tamu-1' })
  const one = await mall.desk('polres-1')
  const two = await mall.desk('polres-2')
  const issue = (serviceId: string) =>
    must(front.client.invoke('visit.issue', { commandId: commandId(), serviceId, priority: null, journeyId: null }))
  return { mall, one, two, issue }
}

const open = (desk: TestHost) => must(desk.client.invoke('counter.open', { commandId: commandId() }))
const choose = (desk: TestHost, serviceIds: string[]) =>
  must(desk.client.invoke('counter.chooseServices', { commandId: commandId(), serviceIds }))
const call = (desk: TestHost) => must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
const mine = ({ waiting }: DeskSnapshot) => waiting.filter((row) => row.mine).map(({ label }) => label)

it('what a counter no longer takes goes to the one that does, and it hears who that is', async () => {
  const { one, two, issue } = await policeMall()
  await open(one)
  const loss = await issue(LOSS)
  const record = await issue(RECORD)
  await one.until((snapshot) => mine(snapshot).length === 2, 'both numbers in the only hand')
  await open(two)
  const takers = async () => (await must(one.client.invoke('counter.takers', {}))).services
  await expect.poll(takers).toContainEqual({ serviceId: LOSS, counterNames: ['13'] })

  await choose(one, [RECORD])
  await two.until((snapshot) => mine(snapshot).includes(loss.label), 'the loss report at the other counter')
  await one.until((snapshot) => mine(snapshot).join() === record.label, 'the record alone in this hand')
  expect(one.desk().waiting.map(({ label }) => label)).not.toContain(loss.label)
  expect(await call(two)).toMatchObject({ label: loss.label })
  expect(await call(one)).toMatchObject({ label: record.label })
})

it('who was on hold at a counter that closes is served at another one, if that was chosen', async () => {
  const { one, two, issue } = await policeMall()
  await open(one)
  const held = await issue(LOSS)
  await one.until((snapshot) => mine(snapshot).length === 1)
  const ref = { visitId: held.visitId, entryNo: 1 }
  await call(one)
  await must(one.client.invoke('queue.hold', { commandId: commandId(), ...ref, reason: 'fetch_documents' }))
  await open(two)
  const settle = [{ ...ref, to: 'return' as const }]
  await must(one.client.invoke('counter.close', { commandId: commandId(), settle }))
  await two.until((snapshot) => mine(snapshot).includes(held.label), 'the number at the other counter')
  expect(await call(two)).toMatchObject({ label: held.label })
  await one.until(({ connection }) => connection.unsent === 0)
  expect(one.desk()).toMatchObject({ open: false, aside: [], conflicts: [] })
})
