import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openStore, STORE_FILE } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'
import { sha256 } from '#tests/support/sha256.ts'

it('a lost KTP goes from the front desk over the police to Disdukcapil under one number', async () => {
  const mall = await openMall()
  const [front, police, dukcapil] = await Promise.all([
    mall.desk('penerima-1'),
    mall.desk('polres-1'),
    mall.desk('disdukcapil-1'),
  ])
  await must(police.client.invoke('counter.open', { commandId: commandId() }))
  await must(dukcapil.client.invoke('counter.open', { commandId: commandId() }))

  const visit = await must(
    front.client.invoke('visit.issue', {
      commandId: commandId(),
      serviceId: 'surat-kehilangan',
      priority: null,
      journeyId: 'ktp-hilang',
    }),
  )
  expect(visit.label).toBe('P-001')
  await police.until((snapshot) => snapshot.waiting.some((row) => row.mine && row.label === 'P-001'), 'grant at police')

  const called = await must(police.client.invoke('queue.callNext', { commandId: commandId() }))
  expect(called).toEqual({ visitId: visit.visitId, entryNo: 1, label: 'P-001' })
  const first = { visitId: visit.visitId, entryNo: 1 }
  await must(police.client.invoke('queue.startServing', { commandId: commandId(), ...first }))
  await must(
    police.client.invoke('queue.forward', {
      commandId: commandId(),
      ...first,
      toServiceId: 'ktp-el-hilang',
      handsOver: 'LP/77/XI/2026',
    }),
  )

  await dukcapil.until(
    (snapshot) => snapshot.waiting.some((row) => row.mine && row.label === 'P-001'),
    'grant of entry 2',
  )
  await must(dukcapil.client.invoke('queue.callNext', { commandId: commandId() }))
  const second = { visitId: visit.visitId, entryNo: 2 }
  await must(dukcapil.client.invoke('queue.startServing', { commandId: commandId(), ...second }))
  const serving = await dukcapil.until((snapshot) => (snapshot.current?.prerequisites.length ?? 0) > 0, 'prerequisite')
  expect(serving.current?.prerequisites).toEqual([
    { key: 'nomor-surat-kehilangan', value: 'LP/77/XI/2026', validity: null },
  ])
  await dukcapil.until(({ connection }) => connection.unsent === 0, 'acknowledgement')

  // A new start of the app: nobody is signed in, so nobody sees what the police handed over.
  await dukcapil.stop()
  const locked = startTestHost({ dataDir: dukcapil.dataDir, launchId: 'launch-2' })
  const unattended = await locked.until((snapshot) => snapshot.current !== null, 'the entry at the desk')
  expect(unattended).toMatchObject({ officer: null, current: { label: 'P-001', prerequisites: [] } })
  await locked.stop()

  // And if the text never arrived, the next contact fetches it.
  const store = openStore(dukcapil.dataDir)
  expect(createRepositories(store, sha256).personalTexts.forgetBefore('2999-01-01')).toBe(1)
  store.close()
  const again = startTestHost({ dataDir: dukcapil.dataDir })
  await again.until((snapshot) => (snapshot.current?.prerequisites.length ?? 0) > 0, 'the text once more')
  await must(
    again.client.invoke('queue.complete', {
      commandId: commandId(),
      ...second,
      outcome: 'delivered',
      paymentReference: null,
    }),
  )

  await again.until(({ today }) => today.completed === 1, 'the completed entry')
  for (const desk of [front, police, again]) {
    await desk.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'acknowledgement')
  }
  const entries = await mall.server.db.selectFrom('entry').selectAll().orderBy('entry_no').execute()
  expect(entries.map((entry) => [entry.entry_no, entry.status])).toEqual([
    [1, 'forwarded'],
    [2, 'completed'],
  ])
  await again.stop()

  // These desks have no printer, so no paper waits for the day they get one.
  for (const { dataDir } of [front, police]) {
    const db = new Database(join(dataDir, STORE_FILE), { readonly: true })
    expect(db.prepare('SELECT count(*) FROM print_job').pluck().get()).toBe(0)
    db.close()
  }
})
