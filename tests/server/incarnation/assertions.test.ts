/** What several devices say of the same entries after a restore, in whatever order they come. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import { backupDatabase } from '#server/backup/backup-database.ts'
import { readmit } from '#server/supervision/supervise.ts'
import { verifyMall } from '#server/verify/verify-mall.ts'
import { afterRestore, asserted, beforeTheLoss } from '#tests/server/support/lost-memory.ts'
import { contextOfMall } from '#tests/server/support/mall-context.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** A backup of now; after it `one` gives back what it has and closes, and `two` opens and gets it. */
async function movesOn({ mall, one, two }: Awaited<ReturnType<typeof beforeTheLoss>>, old: Grant) {
  const backup = join(tempFolder(), 'later.db')
  backupDatabase(mall.dataDir, backup)
  await two.device.open()
  one.device.recordReleased(old)
  one.device.recordSession('closed')
  await one.connection.push()
  const [present] = await two.device.grants()
  if (!present) throw new Error('nothing was granted to the other')
  return { backup, present }
}

/** The backup says that D-001 is held by `one`; since then it was given back and called by `two`. */
async function movedSince() {
  const before = await beforeTheLoss()
  const { mall, desk, one, two } = before
  await desk.device.issue('D-001', 'ktp')
  const [old] = await one.device.grants()
  if (!old) throw new Error('nothing was granted')
  const { backup, present } = await movesOn(before, old)
  two.device.recordCall(present)
  const again = await afterRestore(mall, backup, desk.device, one.device, two.device)
  return { ...before, again, old, present }
}

describe('an entry that moved since the backup', () => {
  const steps = {
    one: async ({ one, old }: Awaited<ReturnType<typeof movedSince>>) => {
      await one.connection.greet()
      await one.connection.assert([asserted(old, 'released')], { session: { epoch: 1, open: false } })
    },
    two: async ({ two, present }: Awaited<ReturnType<typeof movedSince>>) => {
      await two.connection.greet()
      await two.connection.assert([asserted(present, 'used')])
    },
  }

  test.each([[['one', 'two']], [['two', 'one']]] as const)(
    'is with whom it was moved to, when they assert as %j',
    async (order) => {
      const mall = await movedSince()
      for (const name of order) await steps[name](mall)
      const { again, two, present } = mall

      const { n } = present.grant
      expect(await again.entries()).toMatchObject([{ device_id: two.device.id, grant_incarnation: 1, grant_n: n }])
      const { ackedSeq } = await two.connection.greet()
      two.device.reconnect(again.url, ackedSeq)
      expect((await two.connection.push()).findings).toEqual([])
      expect(await again.entries()).toMatchObject([{ status: 'called', device_id: two.device.id }])
    },
  )
})

test('an entry that is called elsewhere already stays there, and who still holds it is told', async () => {
  const { again, one, two, old, present } = await movedSince()
  await two.connection.greet()
  await two.connection.assert([asserted(present, 'used')])
  const { ackedSeq } = await two.connection.greet()
  two.device.reconnect(again.url, ackedSeq)
  await two.connection.push()

  await one.connection.greet()
  await one.connection.assert([asserted(old, 'held')])

  expect(await again.entries()).toMatchObject([{ status: 'called', device_id: two.device.id }])
  expect(await one.device.told('superseded')).toMatchObject([{ claim: { deviceId: two.device.id } }])
})

test('an entry that two assert stays with the newer grant, and the other is asked for what it has', async () => {
  const { again, one, two, old, present } = await movedSince()
  await two.connection.greet()
  await two.connection.assert([asserted(present, 'held')])
  await one.connection.greet()
  await one.connection.assert([asserted(old, 'held')])

  expect(await again.entries()).toMatchObject([{ device_id: two.device.id, grant_n: present.grant.n }])
  // Once when the other took it over, and once because it still says that it holds it.
  const asked = { entryNo: 1, grant: old.grant }
  expect(await one.device.told('recalled')).toMatchObject([asked, asked])
})

test.each(['before it was issued', 'while it was called'])(
  'an entry that its counter gave back and got again stays there, although its first custody ends after that; backup %s',
  async (moment) => {
    const { mall, desk, one, two, backup: early } = await beforeTheLoss()
    const visitId = await desk.device.issue('D-001', 'ktp')
    const [first] = await one.device.grants()
    if (!first) throw new Error('nothing was granted')
    one.device.recordCall(first)
    await one.connection.push()
    const late = join(tempFolder(), 'later.db')
    backupDatabase(mall.dataDir, late)
    one.device.record({ type: 'entry.call_undone', data: { visitId, entryNo: 1 } })
    one.device.recordReleased(first)
    await one.connection.push()
    const present = (await one.device.grants()).at(-1)
    if (!present) throw new Error('nothing was granted again')
    expect(present.grant.n).toBeGreaterThan(first.grant.n)
    const backup = moment === 'while it was called' ? late : early
    const again = await afterRestore(mall, backup, desk.device, one.device, two.device)

    const { ackedSeq } = await one.connection.greet()
    await one.connection.assert([asserted(present, 'held')])
    one.device.reconnect(again.url, ackedSeq)
    await one.connection.push()
    const held = { status: 'waiting', device_id: one.device.id, grant_n: present.grant.n }
    expect(await again.entries()).toMatchObject([held])

    one.device.recordCall(present)
    expect((await one.connection.push()).findings).toEqual([])
    expect(await again.entries()).toMatchObject([{ ...held, status: 'called', winner_device_id: one.device.id }])
  },
)

test('custody under a later grant is not ended by the end of an older one that the backup knew as called and put back', async () => {
  const before = await beforeTheLoss()
  const { mall, desk, one, two } = before
  const visitId = await desk.device.issue('D-001', 'ktp')
  const [old] = await one.device.grants()
  if (!old) throw new Error('nothing was granted')
  one.device.recordCall(old)
  one.device.record({ type: 'entry.returned', data: { visitId, entryNo: 1 } })
  await one.connection.push()
  const { backup, present } = await movesOn(before, old)
  const again = await afterRestore(mall, backup, desk.device, one.device, two.device)

  await two.connection.greet()
  await two.connection.assert([asserted(present, 'held')])
  const held = { status: 'waiting', device_id: two.device.id, grant_n: present.grant.n, winner_device_id: null }
  expect(await again.entries()).toMatchObject([held])
  const { ackedSeq } = await one.connection.greet()
  await one.connection.assert([])
  one.device.reconnect(again.url, ackedSeq)
  await one.connection.push()
  expect(await again.entries()).toMatchObject([held])
  expect((await verifyMall(again.db, 'mal-uji', null)).faults).toEqual([])
})

test('a number that its front desk took back is asked back from who still holds it, and is not called', async () => {
  const { mall, desk, one, backup } = await beforeTheLoss()
  const visitId = await desk.device.issue('D-001', 'ktp')
  const [grant] = await one.device.grants()
  if (!grant) throw new Error('nothing was granted')
  const again = await afterRestore(mall, backup, desk.device, one.device)
  await desk.connection.greet()
  await desk.connection.assert([])
  const { ackedSeq } = await desk.connection.greet()
  desk.device.reconnect(again.url, ackedSeq)
  desk.device.record({ type: 'visit.cancelled', data: { visitId, reason: 'slip_failed' } })
  expect((await desk.device.push()).findings).toEqual([])
  expect(await again.entries()).toMatchObject([{ status: 'cancelled', device_id: null }])

  await one.connection.greet()
  await one.connection.assert([asserted(grant, 'held')])

  expect(await one.device.told('recalled')).toEqual([{ kind: 'recalled', visitId, entryNo: 1, grant: grant.grant }])
  expect(await again.entries()).toMatchObject([{ status: 'cancelled', device_id: null }])
})

test('a number that the server knows as another visit, and a service that left the mall, do not stop the rest', async () => {
  const { again, desk, one, old } = await movedSince()
  await one.connection.greet()
  const other = { ...asserted(old, 'held'), visitId: crypto.randomUUID() }
  const gone = { ...other, visitId: crypto.randomUUID(), label: 'X-001', serviceId: 'entah' }
  const fine = { ...other, visitId: crypto.randomUUID(), label: 'D-009' }

  expect((await one.connection.assert([other, gone, fine])).status).toBe(200)

  expect((await again.entries()).map(({ label, device_id }) => [label, device_id])).toEqual([
    ['D-001', null],
    ['D-009', one.device.id],
  ])
  expect(desk.device.chain).toHaveLength(1)
})

test('a readmission that the backup does not know is learnt from the device', async () => {
  const { mall, one, backup } = await beforeTheLoss()
  await one.connection.heartbeat()
  await one.connection.hello({ nonce: 'other' })
  await readmit(await contextOfMall(mall), one.device.id, 'technician')
  await one.connection.greet()
  one.device.beginGeneration(2)
  await one.connection.greet()
  one.device.record({ type: 'officer.signed_in', data: { officerId: 'made' } })
  await one.connection.push()
  await afterRestore(mall, backup, one.device)

  expect(await one.connection.greet()).toMatchObject({ incarnation: 2, generation: 2, ackedSeq: 0, assertNeeded: true })
  await one.connection.assert([])
  expect((await one.connection.push()).ackedSeq).toBe(1)
})

test('a store that doubts itself is not welcomed by a server that forgot whom it knew, until it is readmitted', async () => {
  const { mall, one, backup } = await beforeTheLoss()
  await one.connection.greet()
  const again = await afterRestore(mall, backup, one.device)

  expect(await one.connection.hello({ nonce: null })).toMatchObject({ body: { code: 'DEVICE_IN_DOUBT' } })

  await readmit(await contextOfMall(again), one.device.id, 'technician')
  expect(await one.connection.greet({ nonce: null })).toMatchObject({ generation: 2, assertNeeded: true })
})

test('a restored server that lost the choice and the pause learns them from the assertion', async () => {
  const { mall, one, desk, backup } = await beforeTheLoss()
  one.device.recordChoice('ktp')
  await one.connection.push()
  const again = await afterRestore(mall, backup, desk.device, one.device)
  await one.connection.greet()
  const { epoch } = one.device
  await one.connection.assert([], { session: { epoch: epoch ?? 1, open: true, serviceIds: ['ktp'], paused: true } })
  await desk.connection.greet()
  await desk.connection.assert([], { session: null })
  const sessions = await again.db
    .selectFrom('counter_session')
    .select(['counter_id', 'chosen_services', 'paused'])
    .execute()

  expect(sessions).toContainEqual({ counter_id: 'dukcapil-1', chosen_services: '["ktp"]', paused: 1 })
})
