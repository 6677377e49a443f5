import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { VisitNote } from '#contract/wire/texts.ts'
import { personalTextHash } from '#domain/personal-text.ts'
import { forgetNotes } from '#server/queue/notes.ts'
import { DATABASE_FILE } from '#server/store/open.ts'
import { verifyMall } from '#server/verify/verify-mall.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'

const SALT = 'abcdefghijklmnopqrstuv'
const SECRET = 'Berkas kelahiran kurang satu lembar'
const DAY = 86_400_000

type Ref = { visitId: string; entryNo: number }

function recordNote(device: TestDevice, { visitId, entryNo }: Ref, noteNo = 1, value = SECRET): void {
  const valueHash = personalTextHash(sha256, SALT, value)
  device.record({ type: 'entry.noted', data: { visitId, entryNo, noteNo, valueHash } })
}

const textOf = ({ visitId, entryNo }: Ref, value = SECRET) => ({ visitId, entryNo, salt: SALT, value })
const send = (device: TestDevice, ...notes: object[]) => device.call('/v1/notes', { notes })
const notesOf = async (device: TestDevice, visitId: string) => {
  const { status, body } = await device.call(`/v1/visits/${visitId}/notes`)
  return status === 200 ? (body.notes as VisitNote[]).map(({ value }) => value) : body.code
}

/** One visitor at dukcapil-1, about whom it has noted something; dukcapil-2 and the police are open. */
async function noted() {
  const mall = await TestMall.start()
  const front = await mall.frontDesk()
  const dukcapil = await mall.counter('dukcapil-1')
  await dukcapil.open()
  await front.issue('K-01', 'kk')
  const [grant] = await dukcapil.grants()
  if (!grant) throw new Error('nothing was granted')
  const ref = { visitId: grant.visitId, entryNo: 1 }
  dukcapil.recordCall(grant)
  dukcapil.recordServing(ref)
  recordNote(dukcapil, ref)
  expect((await dukcapil.push()).findings).toEqual([])
  const second = await mall.counter('dukcapil-2')
  const police = await mall.counter('polres-1')
  return { mall, dukcapil, second, police, ref, grant }
}

describe('a note', () => {
  test('is taken when its event speaks of it, by the device that wrote it, once or more often', async () => {
    const { mall, dukcapil, second, ref } = await noted()
    expect(await send(second, textOf(ref))).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await send(dukcapil, textOf(ref, 'lain'))).toMatchObject({ status: 404 })
    expect(await send(dukcapil, textOf(ref), textOf(ref, 'lain'))).toMatchObject({ status: 404 })
    expect(await mall.db.selectFrom('note').select('value').execute()).toEqual([{ value: null }])
    for (let times = 0; times < 2; times += 1) {
      expect(await send(dukcapil, textOf(ref))).toEqual({ status: 200, body: { taken: 1 } })
    }
    expect(await mall.db.selectFrom('note').selectAll().execute()).toMatchObject([
      { agency_id: 'dukcapil', counter_id: 'dukcapil-1', officer_id: 'made', noted_at: MORNING, value: SECRET },
    ])
    expect((await mall.eventsOf(dukcapil)).some(({ body }) => body.includes(SECRET))).toBe(false)
  })

  test('of two thousand characters fits, one of more is refused', async () => {
    const { dukcapil, ref } = await noted()
    const long = 'ö'.repeat(2_000)
    recordNote(dukcapil, ref, 2, long)
    await dukcapil.push()
    expect(await send(dukcapil, textOf(ref, long))).toMatchObject({ status: 200 })
    expect(await send(dukcapil, textOf(ref, `${long}ö`))).toMatchObject({ status: 400 })
  })

  test('comes back with the visit to another counter of the agency: told with the grant, and when the text comes later', async () => {
    const { dukcapil, second, police, ref } = await noted()
    await police.open()
    dukcapil.recordForward(ref, 'hilang')
    await dukcapil.push()
    const [atPolice] = await police.grants()
    if (!atPolice) throw new Error('nothing was granted')
    expect(await send(dukcapil, textOf(ref))).toMatchObject({ status: 200 })
    expect(await notesOf(police, ref.visitId)).toEqual([])
    police.recordCall(atPolice)
    recordNote(police, atPolice, 1, 'dari polisi')
    police.record({
      type: 'entry.transferred',
      data: {
        ...{ visitId: ref.visitId, entryNo: 2, toServiceId: 'ktp', toCounterId: 'dukcapil-2', toEntryNo: 3 },
        served: null,
      },
    })
    await police.push()
    await send(police, textOf(atPolice, 'dari polisi'))
    await second.open()
    expect(await second.told('noted')).toEqual([{ kind: 'noted', visitId: ref.visitId }])
    expect(await notesOf(second, ref.visitId)).toEqual([SECRET])

    recordNote(dukcapil, ref, 2, 'kedua')
    await dukcapil.push()
    const reader = await second.changes()
    await reader.untilCaughtUp()
    await send(dukcapil, textOf(ref, 'kedua'))
    expect(await reader.next()).toEqual({ kind: 'noted', visitId: ref.visitId })
    await reader.close()
    expect(await notesOf(second, ref.visitId)).toEqual([SECRET, 'kedua'])
    const { body } = await second.call(`/v1/visits/${ref.visitId}/notes`)
    expect((body.notes as VisitNote[])[0]).toEqual({
      ...textOf(ref),
      ...{ counterId: 'dukcapil-1', officerId: 'made', notedAt: MORNING },
    })
  })

  test('is not for devices that hold no open entry of the visit, and front desks have no notes at all', async () => {
    const { mall, dukcapil, second, police, ref } = await noted()
    await send(dukcapil, textOf(ref))
    expect(await notesOf(second, ref.visitId)).toBe('FORBIDDEN')
    expect(await notesOf(police, ref.visitId)).toBe('FORBIDDEN')
    const front = await mall.frontDesk('penerima-2')
    expect(await notesOf(front, ref.visitId)).toBe('FORBIDDEN')
    expect(await send(front, textOf(ref))).toMatchObject({ status: 403 })
    dukcapil.recordDone(ref)
    await dukcapil.push()
    expect(await notesOf(dukcapil, ref.visitId)).toBe('FORBIDDEN')
  })

  test('is told to a desk that took the visit by itself while it was cut off', async () => {
    const { dukcapil, second, ref, grant } = await noted()
    await send(dukcapil, textOf(ref))
    await second.open()
    second.recordPresented(grant)
    second.recordServing(ref)
    await second.push()
    expect(await second.told('noted')).toEqual([{ kind: 'noted', visitId: ref.visitId }])
  })

  test('leaves the entry, its claim and its findings as they are, also of a session that is over', async () => {
    const { mall, dukcapil, ref } = await noted()
    const before = await mall.db.selectFrom('claim').selectAll().execute()
    mall.now += 60_000
    recordNote(dukcapil, ref, 2, 'kedua')
    await mall.db.updateTable('counter_session').set({ reclaimed_at: mall.now }).execute()
    expect((await dukcapil.push()).findings).toEqual([])
    expect(await mall.db.selectFrom('claim').selectAll().execute()).toEqual(before)
    expect(await mall.entries()).toMatchObject([{ status: 'serving', noted: 1, officer_id: 'made' }])
  })

  test('about a visit that the server does not know is a finding, and nothing else', async () => {
    const { mall, dukcapil } = await noted()
    const stranger = { visitId: '00000000-0000-4000-8000-00000000beef', entryNo: 1 }
    recordNote(dukcapil, stranger)
    expect((await dukcapil.push()).findings).toMatchObject([{ code: 'UNKNOWN_VISIT' }])
    expect(await mall.db.selectFrom('note').select('visit_id').execute()).toHaveLength(1)
    expect((await verifyMall(mall.db, 'mal-uji', null)).faults).toEqual([])
  })

  test('between a call and its undo does not make the call remarkable', async () => {
    const { mall, dukcapil } = await noted()
    const front = await mall.frontDesk('penerima-2')
    await dukcapil.act({ type: 'counter.resumed', data: { counterId: 'dukcapil-1', epoch: dukcapil.epoch ?? 1 } })
    await front.issue('K-02', 'kk')
    const grant = (await dukcapil.grants()).find(({ label }) => label === 'K-02')
    if (!grant) throw new Error('nothing was granted')
    await dukcapil.answer(grant, 'released')
    dukcapil.recordCall(grant)
    recordNote(dukcapil, grant, 1, 'salah panggil')
    dukcapil.record({ type: 'entry.call_undone', data: { visitId: grant.visitId, entryNo: 1 } })
    expect((await dukcapil.push()).findings).toEqual([])
  })
})

describe('when the days of notes are over', () => {
  const contextOf = ({ db, now }: TestMall, notesDays?: number) => ({
    ...{ db, mallId: 'mal-uji', now: () => now },
    mall: { config: { ...TEST_CONFIG, ...(notesDays === undefined ? {} : { notesDays }) } } as never,
  })

  test('text and salt are gone, the hash stays, and the server verifies', async () => {
    const { mall, dukcapil, ref } = await noted()
    await send(dukcapil, textOf(ref))
    mall.now += 30 * DAY
    expect(await forgetNotes(mall.db, contextOf(mall))).toBe(0)
    expect(await forgetNotes(mall.db, contextOf(mall, 60))).toBe(0)
    mall.now += 1
    expect(await forgetNotes(mall.db, contextOf(mall))).toBe(1)
    expect(await mall.db.selectFrom('note').selectAll().execute()).toMatchObject([
      { salt: null, value: null, value_hash: personalTextHash(sha256, SALT, SECRET) },
    ])
    expect(await notesOf(dukcapil, ref.visitId)).toEqual([])
    expect((await verifyMall(mall.db, 'mal-uji', null)).faults).toEqual([])
    if (mall.database) return
    await sql`pragma wal_checkpoint(truncate)`.execute(mall.db)
    expect(readFileSync(join(mall.dataDir, DATABASE_FILE), 'utf8')).not.toContain(SECRET)
  })

  test('a text that comes after that is taken from its desk and kept nowhere', async () => {
    const { mall, dukcapil, ref } = await noted()
    mall.now += 30 * DAY + 1
    expect(await send(dukcapil, textOf(ref))).toEqual({ status: 200, body: { taken: 1 } })
    expect(await mall.db.selectFrom('note').select('value').execute()).toEqual([{ value: null }])
  })

  test('a server that starts forgets by itself', async () => {
    const { mall, dukcapil, ref } = await noted()
    await send(dukcapil, textOf(ref))
    // As if it had been written long ago: the server's clock begins anew with it.
    await mall.db
      .updateTable('note')
      .set({ noted_at: MORNING - 30 * DAY - 1 })
      .execute()
    await mall.close()
    const again = await TestMall.start(mall.database ? { database: mall.database } : { dataDir: mall.dataDir })
    expect(await again.db.selectFrom('note').select(['salt', 'value']).execute()).toEqual([{ salt: null, value: null }])
  })
})

describe('verifying a server with notes', () => {
  test.each([
    ['another text', (db: TestMall['db']) => db.updateTable('note').set({ value: 'lain' }), 'bukan yang dulu dicatat'],
    ['half of a text', (db: TestMall['db']) => db.updateTable('note').set({ salt: null }), 'bukan yang dulu dicatat'],
    ['a note that is gone', (db: TestMall['db']) => db.deleteFrom('note'), 'tidak tersimpan'],
    [
      'a note that nobody wrote',
      (db: TestMall['db']) => db.updateTable('note').set({ value_hash: 'f'.repeat(64), salt: null, value: null }),
      'tanpa peristiwanya',
    ],
  ])('finds %s', async (_what, change, what) => {
    const { mall, dukcapil, ref } = await noted()
    await send(dukcapil, textOf(ref))
    expect((await verifyMall(mall.db, 'mal-uji', null)).faults).toEqual([])
    await change(mall.db).execute()
    expect((await verifyMall(mall.db, 'mal-uji', null)).faults.map((fault) => fault.what).join()).toContain(what)
  })
})
