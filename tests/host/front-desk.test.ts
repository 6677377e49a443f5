/** The front desk over a real server: numbers, quotas, the wait, slips that do not come out, and numbers that are taken back. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import { businessDate } from '#domain/business-date.ts'
import { runAppointments } from '#server/appointments/run-appointments.ts'
import { createNetworkPrinter } from '#tests/devices/network-printer.ts'
import type { TestHost } from '#tests/support/in-process-host.ts'
import { commandId, type Mall, must, openMall } from '#tests/support/mall.ts'

const give = (front: TestHost, serviceId: string, requirementsMet?: boolean) =>
  front.client.invoke('visit.issue', {
    ...{ commandId: commandId(), serviceId, priority: null, journeyId: null },
    ...(requirementsMet === undefined ? {} : { requirementsMet }),
  })

const cancel = (front: TestHost, visitId: string) =>
  front.client.invoke('visit.cancelIssued', { commandId: commandId(), visitId, reason: 'slip_failed' })

const withQuota =
  (dailyQuota: number) =>
  (config: MallConfig): MallConfig => ({
    ...config,
    services: config.services.map((service) => (service.id === 'skck' ? { ...service, dailyQuota } : service)),
  })

const ofService = (front: TestHost, id: string) =>
  front.desk().frontDesk?.services.find(({ serviceId }) => serviceId === id)

async function openDesk(mall: Mall, placeId: string) {
  const desk = await mall.desk(placeId)
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  return desk
}

it('what was ticked off goes with the number; a service that asks for nothing has nothing to tell', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  await must(give(front, 'skck', false))
  await must(give(front, 'skck', true))
  await must(give(front, 'skck'))
  await must(give(front, 'meterai', true))
  await front.until(({ connection }) => connection.unsent === 0, 'acknowledgement')
  const visits = await mall.server.db
    .selectFrom('visit')
    .select(['label', 'requirements_met'])
    .orderBy('label')
    .execute()
  expect(visits.map((visit) => visit.requirements_met)).toEqual([null, 0, 1, null])
})

it('a number that waits in a counter’s hand is taken back: the counter lets go of it and never calls it', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const police = await openDesk(mall, 'polres-1')
  const first = await must(give(front, 'skck'))
  const second = await must(give(front, 'skck'))
  await police.until(({ waiting }) => waiting.filter(({ mine }) => mine).length === 2, 'two in the hand')
  await front.until(({ frontDesk }) => frontDesk?.last?.state === 'waiting', 'the server knows it')

  expect(await must(cancel(front, first.visitId))).toEqual(first)
  await police.until(({ waiting }) => waiting.every(({ label }) => label !== first.label), 'the hand without it')
  await must(cancel(front, second.visitId))
  await front.until(({ frontDesk }) => frontDesk?.last?.state === 'cancelled', 'taken back')
  expect(await police.client.invoke('queue.callNext', { commandId: commandId() })).toMatchObject({
    code: 'NOTHING_WAITING',
  })
  expect(front.desk().today.issued).toBe(0)
  expect(await cancel(front, first.visitId)).toMatchObject({ code: 'ALREADY_CANCELLED' })
})

it('a number that was called is not taken back, and the front desk sees where it was called', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const police = await openDesk(mall, 'polres-1')
  const { visitId, label } = await must(give(front, 'skck'))
  await police.until(({ waiting }) => waiting.some(({ mine }) => mine), 'one in the hand')
  await must(police.client.invoke('queue.callNext', { commandId: commandId() }))
  const seen = await front.until(({ frontDesk }) => frontDesk?.last?.state === 'called', 'the call')
  expect(seen.frontDesk?.last).toMatchObject({ label, counterName: police.desk().place?.name })
  expect(await cancel(front, visitId)).toEqual({ ok: false, code: 'ALREADY_CALLED' })
  const strange = await cancel(front, '00000000-0000-4000-8000-000000000000')
  expect(strange).toMatchObject({ code: 'VISIT_NOT_ISSUED_HERE' })
})

it('cut off, numbers are given and taken back; who has called one meanwhile keeps it', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const police = await openDesk(mall, 'polres-1')
  const called = await must(give(front, 'skck'))
  await police.until(({ waiting }) => waiting.some(({ mine }) => mine), 'one in the hand')
  await front.until(({ frontDesk }) => frontDesk?.last?.state === 'waiting', 'the server knows it')
  await mall.stopServer()
  await front.until(({ connection }) => connection.state === 'offline', 'the cut')
  await police.until(({ connection }) => connection.state === 'offline', 'the cut')

  const unsent = await must(give(front, 'skck'))
  const seen = await front.until(({ frontDesk }) => frontDesk?.last?.label === unsent.label, 'the second number')
  expect(seen.frontDesk?.last?.state).toBe('unsent')
  expect(ofService(front, 'skck')).toMatchObject({ wait: null, quotaLeft: null, numbersLeft: 18 })
  await must(cancel(front, unsent.visitId))
  await front.until(({ frontDesk }) => frontDesk?.last?.state === 'cancelling', 'taken back here')
  await must(police.client.invoke('queue.callNext', { commandId: commandId() }))
  await must(cancel(front, called.visitId))

  await mall.startServer()
  for (const desk of [front, police]) {
    await desk.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'acknowledgement')
  }
  await front.until(({ frontDesk }) => frontDesk?.last?.state === 'cancelled', 'the other one is over')
  // Whoever of the two was back first: the call counts.
  const rows = await mall.server.db.selectFrom('entry').select(['label', 'status']).orderBy('label').execute()
  expect(rows.map(({ label, status }) => `${label} ${status}`)).toEqual([
    `${called.label} called`,
    `${unsent.label} cancelled`,
  ])
  expect(police.desk().current).toMatchObject({ label: called.label, status: 'called' })
})

it('two front desks never give more than the quota, also for the last number at once, and say when to come', async () => {
  const mall = await openMall(withQuota(3))
  const [one, two] = await Promise.all([
    mall.desk('penerima-1'),
    mall.desk('penerima-2', { officerId: 'penerima-tamu-1' }),
  ])
  await must(give(one, 'skck'))
  await must(give(two, 'skck'))
  const last = await Promise.all([give(one, 'skck'), give(two, 'skck'), give(one, 'skck'), give(two, 'skck')])
  expect(last.filter(({ ok }) => ok)).toHaveLength(1)
  for (const answer of last) {
    if (!answer.ok) expect(answer).toMatchObject({ code: 'QUOTA_REACHED', detail: { tomorrow: expect.any(Number) } })
  }
  await one.until(() => ofService(one, 'skck')?.quotaLeft === 0, 'nothing left')
  // Another service of the same visitor is no quota's business.
  await must(give(two, 'meterai'))
})

it('cut off, a quota is only what the desk had leased and its own series; what is beyond it is flagged', async () => {
  const mall = await openMall(withQuota(2))
  const front = await mall.desk('penerima-1')
  await must(give(front, 'skck'))
  await front.until(({ connection }) => connection.unsent === 0, 'acknowledgement')
  await mall.stopServer()
  await front.until(({ connection }) => connection.state === 'offline', 'the cut')
  const cut = [await must(give(front, 'skck')), await must(give(front, 'skck'))]
  expect(cut.map(({ label }) => label)).toEqual(['L01-01', 'L01-02'])
  await mall.startServer()
  const told = await front.until(({ conflicts }) => conflicts.length > 0, 'the finding')
  expect(told.conflicts).toMatchObject([{ label: 'L01-02', code: 'OVER_QUOTA' }])
  expect(await give(front, 'skck')).toMatchObject({ code: 'QUOTA_REACHED' })
})

it('a command for a number that is sent again after its service is gone gets its first result', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  const input = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
  const first = await front.client.invoke('visit.issue', input)
  await mall.stopServer()
  await mall.startServer((config) => ({
    ...config,
    services: config.services.filter(({ id }) => id !== 'skck'),
    counters: config.counters.map((counter) => ({
      ...counter,
      serviceIds: counter.serviceIds.filter((id) => id !== 'skck'),
    })),
  }))
  await front.until(() => ofService(front, 'skck') === undefined, 'the newer configuration')
  expect(await front.client.invoke('visit.issue', input)).toEqual(first)
  expect(await give(front, 'skck')).toMatchObject({ code: 'SERVICE_UNKNOWN' })
})

it('the wait is told as a range as soon as a counter is open, and stands on the slip', async () => {
  const mall = await openMall()
  const printer = await createNetworkPrinter()
  const transport = { kind: 'tcp', host: '127.0.0.1', port: printer.port }
  const front = await mall.desk('penerima-1', {
    profile: { displays: [], printer: { width: 80, transport }, language: 'id' },
  })
  expect(ofService(front, 'skck')?.wait).toBeNull()
  await openDesk(mall, 'polres-1')
  await must(give(front, 'skck'))
  await front.until(() => (ofService(front, 'skck')?.waiting ?? 0) === 1, 'the first one waits')
  await front.until(() => ofService(front, 'skck')?.wait !== null, 'an estimate')
  const { frontDesk } = front.desk()
  expect(frontDesk?.services.find(({ serviceId }) => serviceId === 'skck')?.wait?.regular).toEqual({ from: 20, to: 40 })
  await must(give(front, 'skck'))
  const printed = await front.until(({ frontDesk }) => frontDesk?.last?.slip?.state !== 'printing', 'the slip')
  expect(['handed_over', 'printed']).toContain(printed.frontDesk?.last?.slip?.state)
  await front.stop()
  await printer.close()
  const words = printer.sheets.map((sheet) => Buffer.from(sheet.printed).toString('latin1')).join('\n')
  expect(words).toContain('Perkiraan waktu tunggu tidak tersedia')
  expect(words).toContain('Perkiraan tunggu 20-40 menit')
})

it('the slip of a number that was taken back is never printed, and a list of requirements is no number', async () => {
  const mall = await openMall()
  const printer = await createNetworkPrinter()
  printer.coverOpen = true
  const transport = { kind: 'tcp', host: '127.0.0.1', port: printer.port }
  const front = await mall.desk('penerima-1', {
    profile: { displays: [], printer: { width: 80, transport }, language: 'id' },
  })
  const { visitId, label } = await must(give(front, 'skck'))
  await front.until(({ frontDesk }) => frontDesk?.last?.slip?.state === 'waiting', 'a printer that needs a hand')
  await must(cancel(front, visitId))
  await must(front.client.invoke('print.requirements', { serviceId: 'skck' }))
  await front.until(({ printAttention }) => printAttention.every((job) => job.label !== label), 'no question about it')
  printer.coverOpen = false
  await expect.poll(() => printer.sheets.filter(({ printed }) => printed.length > 100).length).toBe(1)
  await front.stop()
  await printer.close()
  const words = printer.sheets.map((sheet) => Buffer.from(sheet.printed).toString('latin1')).join('\n')
  expect(words).toContain('DAFTAR PERSYARATAN')
  expect(words).toContain('- [ ] Fotokopi KTP-el')
  expect(words).not.toContain(label)
})

it('a desk without a printer says so instead of promising a list', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1')
  expect(await front.client.invoke('print.requirements', { serviceId: 'skck' })).toMatchObject({ code: 'NO_PRINTER' })
  expect(await front.client.invoke('print.requirements', { serviceId: 'apa' })).toMatchObject({
    code: 'SERVICE_UNKNOWN',
  })
})

/** A booking for this very minute, taken in by the server's own tool while the server runs. */
async function book(mall: Mall, ...codes: string[]): Promise<void> {
  const timeZone = 'Asia/Makassar'
  const now = Date.now()
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(now)
  const path = join(mall.folder, 'janji.csv')
  const lines = codes.map((code) => `${code},skck,${businessDate(now, timeZone)},${clock}`)
  writeFileSync(path, ['code,serviceId,date,time', ...lines].join('\n'))
  await runAppointments(['import', path, '--data', join(mall.folder, 'server')])
}

const checkIn = (front: TestHost, code: string) =>
  front.client.invoke('visit.issue', {
    ...{ commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null },
    appointmentCode: code,
  })

const codeIs = (front: TestHost, code: string, expected: string) =>
  expect
    .poll(async () => {
      const found = await front.client.invoke('appointment.find', { code })
      return found.ok ? 'found' : found.code
    })
    .toBe(expected)

it('who has booked checks in once at any front desk, also when the quota is used up, and the fact says so', async () => {
  const mall = await openMall(withQuota(1))
  const [one, two] = await Promise.all([
    mall.desk('penerima-1'),
    mall.desk('penerima-2', { officerId: 'penerima-tamu-1' }),
  ])
  await book(mall, 'MPP-1')
  await codeIs(one, ' mpp-1 ', 'found')
  await must(give(two, 'skck'))
  await must(checkIn(one, 'mpp-1'))
  expect(await checkIn(one, 'MPP-1')).toEqual({ ok: false, code: 'APPOINTMENT_USED' })
  await codeIs(two, 'MPP-1', 'APPOINTMENT_USED')
  expect(await checkIn(two, 'MPP-9')).toEqual({ ok: false, code: 'APPOINTMENT_UNKNOWN' })
  await one.until(({ connection }) => connection.unsent === 0, 'acknowledgement')
  expect(one.desk().conflicts).toEqual([])
  const rows = await mall.server.db.selectFrom('entry').select(['label', 'appointment_at']).orderBy('ord').execute()
  expect(rows).toMatchObject([{ appointment_at: null }, { label: 'L01-01', appointment_at: expect.any(Number) }])
})

it('cut off, two front desks may use one booking: both visitors are served, and the second is flagged', async () => {
  const mall = await openMall()
  const [one, two] = await Promise.all([
    mall.desk('penerima-1'),
    mall.desk('penerima-2', { officerId: 'penerima-tamu-1' }),
  ])
  await book(mall, 'MPP-1', 'MPP-2')
  await codeIs(one, 'MPP-1', 'found')
  await codeIs(two, 'MPP-1', 'found')
  await mall.stopServer()
  for (const desk of [one, two]) await desk.until(({ connection }) => connection.state === 'offline', 'the cut')
  const [first, second] = [await must(checkIn(one, 'MPP-1')), await must(checkIn(two, 'MPP-1'))]
  expect(await checkIn(one, 'MPP-1')).toMatchObject({ code: 'APPOINTMENT_USED' })
  await mall.startServer()
  for (const desk of [one, two]) {
    await desk.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'acknowledgement')
  }
  const told = [...one.desk().conflicts, ...two.desk().conflicts]
  expect(told).toMatchObject([{ code: 'APPOINTMENT_USED' }])
  const waiting = await mall.server.db.selectFrom('entry').select(['label', 'status']).execute()
  expect(waiting.map(({ label, status }) => `${label} ${status}`).toSorted()).toEqual(
    [`${first.label} waiting`, `${second.label} waiting`].toSorted(),
  )
})
