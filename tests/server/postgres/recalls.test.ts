/** Two servers on one database: the holder talks to one, who wants the entry to the other. */
import { expect, test } from 'vitest'
import { HOLDERS_ANSWER, TestMall } from '#tests/server/support/test-mall.ts'

async function twoServers() {
  const here = await TestMall.start({ recallMs: HOLDERS_ANSWER })
  const there = await TestMall.start({ database: here.database ?? '', recallMs: HOLDERS_ANSWER })
  const desk = await here.frontDesk()
  const [one, two] = [await here.counter('dukcapil-1'), await there.counter('dukcapil-2')]
  await one.open()
  await desk.issue('D-001', 'ktp')
  await two.open()
  await here.hear(one, two)
  const reader = await one.changes()
  const answered = (async () => {
    let change = await reader.next()
    while (change.kind !== 'recalled') change = await reader.next()
    await one.answer(change, 'released')
    await reader.close()
  })()
  // Who fails before awaiting it has failed once, not twice.
  answered.catch(() => {})
  return { here, two, answered }
}

test('an entry that was given back at one server is granted to the counter that waits at the other', async () => {
  const { here, two, answered } = await twoServers()

  expect(await two.improve()).toMatchObject([{ label: 'D-001' }])
  await answered
  expect(await here.entries()).toMatchObject([{ device_id: two.id, status: 'waiting' }])
})

test('and so is a slip that is shown there', async () => {
  const { here, two, answered } = await twoServers()
  const [entry] = await here.entries()
  const slip = { visitId: entry?.visit_id ?? '', entryNo: 1, label: 'D-001', serviceId: 'ktp' }

  expect(await two.claim(slip)).toMatchObject({ kind: 'granted' })
  await answered
})
