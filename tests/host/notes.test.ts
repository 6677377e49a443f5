import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { STORE_FILE } from '#db/open.ts'
import { personalTextHash } from '#domain/personal-text.ts'
import { keepHouse } from '#main/host/housekeeping.ts'
import { buildDeskSnapshot } from '#main/host/snapshot.ts'
import { takeHello } from '#main/host/sync/steps/hello.ts'
import { idle } from '#tests/support/idle.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { findingsOf, openTestDesk, type TestDesk, type TestDeskOptions } from '#tests/support/test-desk.ts'

const SECRET = 'Ibu pemohon sakit keras'
const NIK = '5171011205900001'
const DAY = 86_400_000

async function servingDesk(options: TestDeskOptions = {}) {
  const desk = openTestDesk(options)
  const ref = desk.grant(1)
  await desk.call('queue.callNext')
  await desk.call('queue.startServing', ref)
  desk.facts()
  return { ...desk, ref, note: (text: string) => desk.call('queue.note', { ...ref, text }) }
}

const snapshotOf = ({ context }: TestDesk) => buildDeskSnapshot(context, 1, null)
const textsOf = (desk: TestDesk) => snapshotOf(desk).notes?.map(({ text }) => text)
const bytesOf = ({ folder }: TestDesk) => readFileSync(join(folder, STORE_FILE), 'utf8')

function signIn({ store, repositories }: TestDesk, officerId: string): void {
  store.transaction(() => repositories.desk.set({ officerId }))
}

/** Somebody of the mall, of no agency. */
function addMallSupervisor(desk: TestDesk): void {
  const config = desk.context.config()
  const [officer] = config?.officers ?? []
  if (!config || !officer) throw new Error('the desk has no officer')
  const { agencyId: _none, ...rest } = officer
  desk.context.setConfig({
    ...config,
    officers: [...config.officers, { ...rest, id: 'penyelia', roles: ['supervisor'] }],
  })
}

describe('a note', () => {
  it('is a fact with a salted hash; its text stands beside the log and on the screen', async () => {
    const desk = await servingDesk()
    expect(await desk.note(`  ${SECRET}\r\n`)).toEqual({ ok: true, data: {} })
    await desk.note('kedua')
    const [row, second] = desk.repositories.notes.ofVisits([desk.ref.visitId])
    expect(row).toMatchObject({ value: SECRET, counterId: 'polres-1', officerId: 'petugas-polres-1' })
    expect(row?.valueHash).toBe(personalTextHash(sha256, row?.salt ?? '', SECRET))
    expect(row?.salt).not.toBe(second?.salt)
    expect(desk.facts()).toEqual([
      { type: 'entry.noted', data: { ...desk.ref, noteNo: 1, valueHash: row?.valueHash } },
      { type: 'entry.noted', data: { ...desk.ref, noteNo: 2, valueHash: second?.valueHash } },
    ])
    expect([...desk.repositories.events.rows()].some(({ body }) => body.includes(SECRET))).toBe(false)
    expect(snapshotOf(desk).notes?.[0]).toMatchObject({
      ...{ ...desk.ref, counterName: '12', text: SECRET, at: desk.clock.wall },
      officerName: expect.stringMatching(/\w/),
    })
    expect(findingsOf(desk)).toEqual([])
  })

  it('is written once when its answer was lost, and stays with the visitor while set aside and after the end', async () => {
    const desk = await servingDesk()
    const once = { ...desk.ref, text: SECRET, commandId: crypto.randomUUID() }
    expect(await desk.call('queue.note', once)).toEqual(await desk.call('queue.note', once))
    await desk.call('queue.hold', { ...desk.ref, reason: 'other' })
    expect(await desk.note('ditunda')).toMatchObject({ ok: true })
    await desk.call('queue.resume', desk.ref)
    await desk.call('queue.complete', { ...desk.ref, outcome: 'incomplete', paymentReference: null })
    expect(snapshotOf(desk)).toMatchObject({ current: null, lastEnded: { ...desk.ref, label: 'SK-001' } })
    expect(await desk.note('berkas kurang')).toMatchObject({ ok: true })
    expect(textsOf(desk)).toEqual([SECRET, 'ditunda', 'berkas kurang'])
    desk.clock.pass(DAY)
    expect(await desk.note('kemarin')).toMatchObject({ code: 'NOT_ALLOWED_NOW' })
    expect(snapshotOf(desk)).toMatchObject({ lastEnded: null, notes: [] })
  })

  it('keeps of every NIK the last four digits only', async () => {
    const desk = await servingDesk()
    await desk.note(`NIK ${NIK}, lama 5171 0112 0590 0001`)
    expect(textsOf(desk)).toEqual(['NIK ************0001, lama **** **** **** 0001'])
    desk.store.db.pragma('wal_checkpoint(TRUNCATE)')
    expect(bytesOf(desk)).not.toContain(NIK)
  })

  it('is refused without text, with too much of it, and about somebody who is not here; nothing is recorded', async () => {
    const desk = await servingDesk()
    expect(await desk.note(' \n ')).toMatchObject({ code: 'NOTE_EMPTY' })
    expect(await desk.note('x'.repeat(10_000))).toMatchObject({ code: 'NOTE_TOO_LONG' })
    expect(await desk.note('x'.repeat(2_001))).toMatchObject({ code: 'NOTE_TOO_LONG' })
    const other = desk.grant(2)
    expect(await desk.call('queue.note', { ...other, text: 'x' })).toMatchObject({ code: 'STALE_SCREEN' })
    expect(desk.facts()).toEqual([])
    expect(desk.repositories.notes.all()).toEqual([])
    expect(await desk.note(`${'x'.repeat(2_000)}  `)).toMatchObject({ ok: true })
  })

  it('is neither read nor written by staff of the mall, nor shown while nobody is signed in', async () => {
    const desk = await servingDesk()
    await desk.note(SECRET)
    addMallSupervisor(desk)
    signIn(desk, 'penyelia')
    expect(snapshotOf(desk)).toMatchObject({ officer: { id: 'penyelia' }, notes: null })
    expect(await desk.note('dari penyelia')).toMatchObject({ code: 'OTHER_AGENCY' })
    signIn(desk, 'petugas-polres-2')
    expect(textsOf(desk)).toEqual([SECRET])
    desk.store.transaction(() => desk.repositories.desk.set({ launchId: 'before' }))
    expect(snapshotOf(desk)).toMatchObject({ officer: null, notes: null })
  })

  it('is in no line of the log, whatever becomes of it', async () => {
    const desk = await servingDesk()
    const said = (['debug', 'info', 'warn', 'error'] as const).map((level) => vi.spyOn(desk.context.log, level))
    await desk.note(SECRET)
    await desk.note(SECRET.repeat(200))
    await desk.note(SECRET.repeat(20_000))
    desk.store.db.exec('DROP TABLE note')
    expect(await desk.note(SECRET)).toMatchObject({ ok: false })
    const lines = said.flatMap((spy) => spy.mock.calls)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.map((line) => JSON.stringify(line, errorsToo)).join()).not.toContain(SECRET)
  })

  it('is on no paper', async () => {
    const desk = await servingDesk()
    desk.printer.isThere = true
    await desk.note(SECRET)
    await desk.call('queue.complete', { ...desk.ref, outcome: 'delivered', paymentReference: null })
    expect(desk.repositories.printJobs.next()?.document).toContain('SK-001')
    expect(desk.repositories.printJobs.next()?.document).not.toContain(SECRET)
  })
})

function errorsToo(_key: string, value: unknown): unknown {
  return value instanceof Error ? `${value.stack}` : value
}

describe('after the days that the mall keeps notes', () => {
  it('text and salt are gone, also from the file, the hash stays, and the store verifies', async () => {
    const desk = await servingDesk()
    await desk.note(SECRET.repeat(50))
    await desk.note('x')
    desk.store.db.pragma('wal_checkpoint(TRUNCATE)')
    expect(bytesOf(desk)).toContain(SECRET)
    desk.clock.pass(29 * DAY)
    idle(desk)
    expect(desk.repositories.notes.ofVisits([desk.ref.visitId])).toHaveLength(2)
    desk.clock.pass(DAY + 1)
    idle(desk)
    desk.store.db.pragma('wal_checkpoint(TRUNCATE)')
    expect(bytesOf(desk)).not.toContain(SECRET)
    expect(desk.repositories.notes.all()).toMatchObject([
      { salt: null, value: null, unsent: 0 },
      { salt: null, value: null, unsent: 0 },
    ])
    expect(desk.repositories.notes.unsent(9)).toEqual([])
    expect(findingsOf(desk)).toEqual([])
  })

  it('is what the configuration says, and what a desk says that runs for weeks', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const desk = await servingDesk()
      const config = desk.context.config()
      if (config) desk.context.setConfig({ ...config, notesDays: 2 })
      const house = keepHouse(desk.context)
      await desk.note(SECRET)
      desk.clock.pass(2 * DAY + 1)
      house.touch()
      vi.advanceTimersByTime(10_000)
      expect(desk.repositories.notes.ofVisits([desk.ref.visitId])).toEqual([])
      house.stop()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a store with notes', () => {
  it.each([
    ['a text', "UPDATE note SET value = 'lain'", 'isinya bukan yang dulu dicatat'],
    ['its writer', "UPDATE note SET officer_id = 'lain'", 'officer_id = lain, menurut catatan petugas-polres-1'],
    ['that it is gone', 'DELETE FROM note', 'baris tidak ada'],
    ['half of a text', 'UPDATE note SET salt = NULL', 'isinya bukan yang dulu dicatat'],
  ])('tells when somebody changed %s', async (_what, sql, what) => {
    const desk = await servingDesk()
    await desk.note(SECRET)
    desk.store.db.exec(sql)
    expect(findingsOf(desk)).toMatchObject([{ table: 'note', what }])
  })

  it('sends its own again to a server that lost its memory, and never what came from there', async () => {
    const desk = await servingDesk()
    await desk.note(SECRET)
    const [own] = desk.repositories.notes.unsent(9)
    if (!own) throw new Error('nothing to send')
    desk.repositories.notes.markSent(own)
    const salt = 's'.repeat(22)
    const valueHash = personalTextHash(sha256, salt, 'dari loket lain')
    desk.repositories.notes.addReceived({ ...own, salt, value: 'dari loket lain', valueHash })
    expect(desk.repositories.notes.unsent(9)).toEqual([])
    expect(textsOf(desk)?.toSorted()).toEqual([SECRET, 'dari loket lain'].toSorted())
    takeHello(desk.context, {
      ...{ incarnation: 2, generation: 1, nonce: 'n', ackedSeq: 0, headHash: '0'.repeat(64), assertNeeded: false },
      ...{ session: null, serverTime: desk.clock.wall },
    })
    expect(desk.repositories.notes.unsent(9)).toMatchObject([{ value: SECRET }])
    expect(findingsOf(desk)).toEqual([])
  })
})
