/** Bookings at the server: from the file to the front desks, and used up once. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KyselyPlugin } from 'kysely'
import { expect, test, vi } from 'vitest'
import { AppointmentsReply } from '#contract/wire/front-desk.ts'
import { importAppointments } from '#server/appointments/appointments.ts'
import { runAppointments } from '#server/appointments/run-appointments.ts'
import { contextOfMall } from '#tests/server/support/mall-context.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall, TODAY } from '#tests/server/support/test-mall.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const HEADER = 'code,serviceId,date,time'

function tool(mall: TestMall) {
  const place = mall.database ? ['--database', mall.database] : ['--data', mall.dataDir]
  const run = (...args: string[]) => runAppointments([...args, ...place], () => mall.now)
  return {
    run,
    take(...lines: string[]) {
      const path = join(tempFolder(), 'janji.csv')
      writeFileSync(path, lines.join('\n'))
      return run('import', path)
    },
  }
}

async function bookingsOf(desk: TestDevice) {
  return AppointmentsReply.parse((await desk.call('/v1/appointments')).body).appointments
}

const useIt = (desk: TestDevice, label: string, visitId: string = randomUUID()) => {
  const visit = { visitId, label, businessDate: TODAY, serviceId: 'hilang', priority: null, journeyId: null }
  const booking = { appointmentAt: Date.parse(`${TODAY}T01:30:00Z`), appointmentCode: 'MPP-1' }
  return desk.act({ type: 'visit.issued', data: { ...visit, ...booking } })
}

test('a file of codes, services and times reaches the front desks, which are told that there is something to read', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const reader = await desk.changes()
  await reader.untilCaughtUp()
  expect(
    await tool(mall).take(`\uFEFF${HEADER}\r`, `mpp-1,hilang,${TODAY},09:30\r`, '', 'MPP-2,ktp,2026-11-17,13:00'),
  ).toBe('2 janji temu tersimpan.\n')
  expect(await reader.next()).toEqual({ kind: 'appointments' })
  await reader.close()
  expect(await bookingsOf(desk)).toEqual([
    { code: 'MPP-1', serviceId: 'hilang', businessDate: TODAY, at: Date.parse(`${TODAY}T01:30:00Z`), isUsed: false },
    {
      code: 'MPP-2',
      serviceId: 'ktp',
      businessDate: '2026-11-17',
      at: Date.parse('2026-11-17T05:00:00Z'),
      isUsed: false,
    },
  ])
  expect(await tool(mall).run('list')).toBe(`${TODAY}: 1 janji temu\n  09:30  MPP-1  hilang\n`)
})

test('a file with anything wrong, or with a column that could name a person, is not taken in at all', async () => {
  const mall = await TestMall.start()
  const { take, run } = tool(mall)
  await expect(take(`${HEADER},nik`, `MPP-1,hilang,${TODAY},09:30,5108`)).rejects.toThrow(/Nama, NIK atau kolom lain/)
  const wrong = [
    `MPP-1,hilang,${TODAY},09:30`,
    `MPP-1,hilang,${TODAY},10:00`,
    `x,hilang,${TODAY},09:30`,
    `MPP-3,entah,${TODAY},09:30`,
    'MPP-4,hilang,2026-02-30,09:30',
    `MPP-5,hilang,${TODAY},24:00`,
    `MPP-6,hilang,${TODAY}`,
  ]
  const refusal = await take(HEADER, ...wrong).catch((error: Error) => error.message)
  expect(
    String(refusal)
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 8)),
  ).toEqual([...['baris 3:', 'baris 4:', 'baris 5:', 'baris 6:', 'baris 7:', 'baris 8:']])
  await expect(run('import', '/tidak/ada.csv')).rejects.toThrow(/tidak dapat dibaca/)
  await expect(run('hapus', 'X')).rejects.toThrow(/Pilih/)
  expect(await run('list')).toBe(`${TODAY}: 0 janji temu\n`)
})

test('taken in again a booking moves; one that was used stays, and is not removed', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const { take, run } = tool(mall)
  await take(HEADER, `MPP-1,hilang,${TODAY},09:30`, `MPP-2,hilang,${TODAY},10:00`)
  expect(await useIt(desk, 'P-001')).toBeNull()
  expect(await take(HEADER, `MPP-1,hilang,${TODAY},15:00`, `MPP-2,ktp,${TODAY},11:00`)).toBe(
    '1 janji temu tersimpan. 1 sudah dipakai dan dibiarkan.\n',
  )
  expect(await run('list')).toBe(`${TODAY}: 2 janji temu\n  09:30  MPP-1  hilang  sudah dipakai\n  11:00  MPP-2  ktp\n`)
  await expect(run('remove', 'mpp-1')).rejects.toThrow(/sudah dipakai/)
  expect(await run('remove', 'mpp-2')).toBe('MPP-2 dihapus.\n')
  expect((await bookingsOf(desk)).map(({ code }) => code)).toEqual(['MPP-1'])
})

test('used at two desks that were cut off: both visitors wait, and the second use is flagged', async () => {
  const mall = await TestMall.start()
  const [one, two] = [await mall.frontDesk('penerima-1'), await mall.frontDesk('penerima-2')]
  await tool(mall).take(HEADER, `MPP-1,hilang,${TODAY},09:30`)
  expect(await useIt(one, 'P-001')).toBeNull()
  expect(await useIt(two, 'L03-01')).toBe('APPOINTMENT_USED')
  expect((await mall.entries()).map(({ label, status }) => `${label} ${status}`)).toEqual([
    'P-001 waiting',
    'L03-01 waiting',
  ])
  expect((await two.told('appointment_used')).map(({ code, isUsed }) => `${code} ${isUsed}`)).toEqual(['MPP-1 true'])
})

test('a number that is taken back gives its booking free', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  await tool(mall).take(HEADER, `MPP-1,hilang,${TODAY},09:30`)
  const visitId = randomUUID()
  await useIt(desk, 'P-001', visitId)
  await desk.act({ type: 'visit.cancelled', data: { visitId, reason: 'slip_failed' } })
  expect(await bookingsOf(desk)).toMatchObject([{ code: 'MPP-1', isUsed: false }])
  expect(await useIt(desk, 'P-002')).toBeNull()
})

test('are for front desks only', async () => {
  const mall = await TestMall.start()
  const counter = await mall.counter('polres-1')
  expect(await counter.call('/v1/appointments')).toMatchObject({ status: 403 })
})

test('thousands are taken in by few statements, so that the mall does not wait for them', async () => {
  const mall = await TestMall.start()
  const context = await contextOfMall(mall)
  let statements = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      statements += 1
      return result
    },
  }
  const transact = mall.db.transact
  vi.spyOn(mall.db, 'transact').mockImplementationOnce((mallId, work) =>
    transact(mallId, (trx) => work(trx.withPlugin(counting))),
  )
  const bookings = Array.from({ length: 2_000 }, (_, n) => ({
    ...{ code: `MPP-${n}`, serviceId: 'hilang', businessDate: TODAY, at: mall.now + n },
  }))
  expect(await importAppointments(context, bookings)).toBe(2_000)
  expect(statements).toBeGreaterThan(0)
  expect(statements).toBeLessThan(60)
  expect(await bookingsOf(await mall.frontDesk())).toHaveLength(2_000)
})
