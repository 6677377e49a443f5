import { expect, it } from 'vitest'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'

const skck = () => ({ commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null })

it('a desk goes on with its hand while the server is away, says so, and everything arrives afterwards', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await mall.desk('polres-1')]
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  for (let n = 0; n < 3; n += 1) await must(front.client.invoke('visit.issue', skck()))
  await desk.until((snapshot) => snapshot.waiting.filter((row) => row.mine).length === 3, 'the hand')
  await mall.stopServer()
  await desk.until(({ connection }) => connection.state === 'offline', 'the truth about the server')

  for (let n = 0; n < 3; n += 1) {
    const ref = await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
    const entry = { visitId: ref.visitId, entryNo: ref.entryNo }
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
  const offline = await desk.until((snapshot) => snapshot.today.completed === 3, 'three served')
  expect(offline.connection).toMatchObject({ state: 'offline', unsent: 9, reason: 'UNREACHABLE' })
  expect(await desk.client.invoke('queue.callNext', { commandId: commandId() })).toMatchObject({
    code: 'NOTHING_WAITING',
  })

  await mall.startServer()
  await desk.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'acknowledgement')
  const entries = await mall.server.db.selectFrom('entry').select('status').execute()
  expect(entries.map((entry) => entry.status)).toEqual(['completed', 'completed', 'completed'])
})

it('a front desk that is cut off hands out its leased numbers, then its own series, never one twice', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const labels = [(await must(front.client.invoke('visit.issue', skck()))).label]
  await mall.stopServer()
  await front.until(({ connection }) => connection.state === 'offline', 'the cut')
  for (let n = 0; n < 21; n += 1) labels.push((await must(front.client.invoke('visit.issue', skck()))).label)
  expect(labels[0]).toBe('SK-001')
  expect(labels[19]).toBe('SK-020')
  expect(labels.slice(20)).toEqual(['L01-01', 'L01-02'])
  expect(new Set(labels).size).toBe(22)
  await mall.startServer()
  await front.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'acknowledgement')
  expect(await mall.server.db.selectFrom('visit').select('label').execute()).toHaveLength(22)
})

it('a counter that never had a session cannot open without the server; one that had it can', async () => {
  const mall = await openMall()
  const desk = await mall.desk('polres-1')
  await mall.stopServer()
  await desk.until(({ connection }) => connection.state === 'offline', 'the cut')
  expect(await desk.client.invoke('counter.open', { commandId: commandId() })).toMatchObject({
    code: 'COUNTER_NEEDS_SERVER',
  })
  await mall.startServer()
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await must(desk.client.invoke('counter.close', { commandId: commandId() }))
  await mall.stopServer()
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  expect((await desk.until((snapshot) => snapshot.open, 'open')).open).toBe(true)
})

it('a counter that closed and opened while cut off gets work again after the reconnect', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await mall.desk('polres-1')]
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await mall.stopServer()
  await desk.until(({ connection }) => connection.state === 'offline', 'the cut')
  await must(desk.client.invoke('counter.close', { commandId: commandId() }))
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await mall.startServer()
  await front.until(({ connection }) => connection.state === 'online', 'front desk back')
  await must(front.client.invoke('visit.issue', skck()))
  await desk.until((snapshot) => snapshot.waiting.some((row) => row.mine), 'a grant')
})

it('a device whose token the server refuses says that, not that the network is down', async () => {
  const mall = await openMall()
  const desk = await mall.desk('polres-1')
  await mall.server.db
    .updateTable('device')
    .set({ token_hash: 'x'.repeat(64) })
    .where('id', '=', desk.desk().device?.deviceId ?? '')
    .execute()
  await mall.stopServer()
  await mall.startServer()
  const seen = await desk.until(
    ({ connection }) => connection.state === 'offline' && connection.reason === 'REFUSED_TOKEN',
    'the reason',
  )
  expect(seen.connection).toMatchObject({ reason: 'REFUSED_TOKEN' })
  // Refused is not the same as cut off: the counter stays closed.
  expect(await desk.client.invoke('counter.open', { commandId: commandId() })).toMatchObject({
    code: 'COUNTER_REFUSED',
  })
})

it('a changed configuration reaches the desks without a restart', async () => {
  const mall = await openMall()
  const desk = await mall.desk('polres-1')
  await mall.stopServer()
  await mall.startServer((config) => ({ ...config, mall: { ...config.mall, name: 'MPP Baru' } }))
  let name = ''
  desk.client.subscribe('catalogue', (catalogue) => {
    name = catalogue.mallName
  })
  await expect.poll(() => name).toBe('MPP Baru')
})

it('a host that starts again on its store continues where it was, and asks for the PIN only after a new start of the app', async () => {
  const mall = await openMall()
  const [front, desk] = [await mall.desk('penerima-1'), await mall.desk('polres-1')]
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await must(front.client.invoke('visit.issue', skck()))
  await desk.until((snapshot) => snapshot.waiting.some((row) => row.mine), 'the hand')
  const called = await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  await desk.stop()

  const again = startTestHost({ dataDir: desk.dataDir, launchId: 'launch-1' })
  const seen = await again.until((snapshot) => snapshot.current !== null, 'the entry at the desk')
  expect(seen).toMatchObject({
    open: true,
    current: { label: called.label, status: 'called' },
    officer: { id: 'petugas-polres-1' },
  })
  await again.stop()

  const later = startTestHost({ dataDir: desk.dataDir, launchId: 'launch-2' })
  expect((await later.until((snapshot) => snapshot.current !== null)).officer).toBeNull()
  expect(
    await later.client.invoke('queue.callAgain', { commandId: commandId(), visitId: called.visitId, entryNo: 1 }),
  ).toMatchObject({ code: 'NOT_SIGNED_IN' })
  await later.stop()
})
