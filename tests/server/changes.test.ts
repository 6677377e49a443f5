import { generateKeyPairSync } from 'node:crypto'
import { PassThrough, type Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { allMalls } from '#server/config/malls.ts'
import { forgetChangesBefore } from '#server/queue/changes.ts'
import { Bell } from '#server/stream/bell.ts'
import { streamChanges } from '#server/stream/change-stream.ts'
import { packInto } from '#server/stream/packed-stream.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

describe('the change stream', () => {
  test('tells what is stored, then once that it is all, then what happens', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('dukcapil-1')
    await desk.issue('K-01', 'kk')
    const reader = await counter.changes()

    expect(await reader.take(3)).toMatchObject([
      { kind: 'config', version: 1 },
      { kind: 'queue', row: { label: 'K-01', status: 'waiting', counterId: null } },
      { kind: 'caught_up', serverTime: MORNING },
    ])

    await counter.open()
    expect(await reader.take(2)).toMatchObject([
      { kind: 'granted', grant: { label: 'K-01', order: 1, grant: { incarnation: 1, n: 1 } } },
      { kind: 'queue', row: { label: 'K-01', status: 'waiting', counterId: 'dukcapil-1' } },
    ])
    await reader.close()
  })

  test('goes on behind Last-Event-ID and leaves nothing out and nothing twice', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('K-01', 'kk')
    const first = await desk.changes()
    await first.untilCaughtUp()
    await first.close()
    await desk.issue('K-02', 'kk')

    const second = await desk.changes(first.lastEventId)

    expect(await second.untilCaughtUp()).toMatchObject([{ kind: 'queue', row: { label: 'K-02' } }])
    await desk.issue('K-03', 'kk')
    expect(await second.next()).toMatchObject({ row: { label: 'K-03' } })
    expect(second.unread).toBe(0)
    await second.close()
  })

  test('catches up over many pages while new changes come in, in order and complete', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const label = (n: number) => `D-${String(n).padStart(3, '0')}`
    for (let n = 1; n <= 450; n += 1) desk.recordIssue(label(n), 'ktp')
    await desk.push()
    const other = await mall.frontDesk('penerima-2')
    const reader = await other.changes()
    for (let n = 451; n <= 460; n += 1) await desk.issue(label(n), 'ktp')

    const seen: string[] = []
    while (seen.length < 460) {
      const change = await reader.next()
      if (change.kind === 'queue') seen.push(change.row.label)
    }

    expect(seen).toEqual(Array.from({ length: 460 }, (_, index) => label(index + 1)))
    await reader.close()

    const later = await other.changes()
    expect(await later.untilCaughtUp()).toHaveLength(461)
    await later.close()
  })

  test('a counter hears of its own services only, and never of another device’s grants', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const police = await mall.counter('polres-1')
    const dukcapil = await mall.counter('dukcapil-2')
    await police.open()
    await desk.issue('P-001', 'hilang')
    await desk.issue('K-01', 'kk')
    await desk.issue('D-001', 'ktp')
    const reader = await dukcapil.changes()

    const rows = (await reader.untilCaughtUp()).filter((change) => change.kind !== 'config')

    expect(rows).toMatchObject([{ kind: 'queue', row: { label: 'D-001' } }])
    await reader.close()
  })

  test('several steps of one push are told as one final state', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    await counter.open()
    await desk.issue('P-001', 'hilang')
    const [grant] = await counter.grants()
    if (!grant) throw new Error('nothing was granted')
    const reader = await counter.changes()
    await reader.untilCaughtUp()
    counter.recordCall(grant)
    counter.recordServing(grant)
    counter.recordDone(grant)
    await counter.push()

    expect(await reader.next()).toMatchObject({ row: { label: 'P-001', status: 'completed', counterId: 'polres-1' } })
    expect(reader.unread).toBe(0)
    await reader.close()
  })

  test('a cursor that the server has not reached yet begins from the start: the server was restored', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('K-01', 'kk')
    const reader = await desk.changes('999')

    expect(await reader.untilCaughtUp()).toMatchObject([{ kind: 'config' }, { kind: 'queue' }])
    await reader.close()
  })

  test('a newer stream of the same device ends the older one', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const older = await desk.changes()
    const newer = await desk.changes()

    await older.ended
    await newer.untilCaughtUp()
    await desk.issue('K-01', 'kk')
    expect(await newer.next()).toMatchObject({ kind: 'queue' })
    await newer.close()
  })

  test('stopping the server ends the streams', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const reader = await desk.changes()
    await reader.untilCaughtUp()

    await mall.close()

    await reader.ended
  })

  test('changes of past days are forgotten, those of today and of the configuration stay', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('K-01', 'kk', { date: '2026-11-15' })
    await desk.issue('K-01', 'kk')
    await forgetChangesBefore(mall.db, 'mal-uji', '2026-11-16')
    const reader = await desk.changes()

    expect(await reader.untilCaughtUp()).toMatchObject([
      { kind: 'config' },
      { kind: 'queue', row: { businessDate: '2026-11-16' } },
    ])
    await reader.close()
  })
})

describe('a connection', () => {
  /** Streams of one front desk into any stream. */
  async function prepare(heartbeatMs: number): Promise<(out: Writable) => Promise<void>> {
    const mall = await TestMall.start()
    const { enrolment } = await mall.frontDesk()
    const [known] = await allMalls(mall.db)
    if (!known) throw new Error('no configuration')
    const { privateKey: signingKey } = generateKeyPairSync('ed25519')
    const context = { db: mall.db, ...known, incarnation: 1, bell: new Bell(), signingKey, now: () => MORNING }
    const device = {
      id: enrolment.deviceId,
      role: enrolment.role,
      slot: 1,
      generation: 1,
      incarnation: 1,
      isInDoubt: false,
    }
    return (out: Writable) => streamChanges(context, device, 0, out, heartbeatMs)
  }

  test('carries a heartbeat while nothing happens', async () => {
    const streamTo = await prepare(10)
    const out = new PassThrough()
    const done = streamTo(out)
    let text = ''
    for await (const chunk of out) {
      text += String(chunk)
      if (text.includes(': heartbeat\n\n')) break
    }
    await done
  })

  test('that was ended is not written to any more, wherever its loop stands', async () => {
    const streamTo = await prepare(1)
    for (let turns = 0; turns < 30; turns += 1) {
      const out = new PassThrough()
      const done = streamTo(out)
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      out.end()
      // A while in which it is ended but not yet closed, as a connection to a silent peer is.
      setTimeout(() => out.resume(), 5)
      await done
    }
  })

  test('whose peer takes nothing any more is given up after three heartbeats', async () => {
    const streamTo = await prepare(10)
    const out = new PassThrough({ highWaterMark: 1 })

    await streamTo(out)

    expect(out.destroyed).toBe(true)
  })

  test('that is packed carries every message at once, and ends and breaks with the one beneath', async () => {
    const streamTo = await prepare(60_000)
    const device = new PassThrough()
    const done = streamTo(packInto(device))
    const unpacked = device.pipe(createGunzip())
    let text = ''
    for await (const chunk of unpacked.iterator({ destroyOnReturn: false })) {
      text += String(chunk)
      if (text.includes('caught_up')) break
    }
    expect(text).toContain('id: 1\ndata: {"kind":"config"')
    device.destroy()
    await done
  })

  test.each([
    ['gzip', 'gzip'],
    ['br, gzip;q=0.5', 'gzip'],
    ['gzip;q=0', null],
    ['identity', null],
  ])('asked for with accept-encoding %s comes as %s', async (accepted, encoding) => {
    const mall = await TestMall.start()
    const { enrolment } = await mall.frontDesk()
    const abort = new AbortController()
    const headers = { authorization: `Bearer ${enrolment.token}`, 'accept-encoding': accepted }
    const response = await fetch(`${mall.url}/v1/changes`, { headers, signal: abort.signal })
    expect(response.headers.get('content-encoding')).toBe(encoding)
    abort.abort()
  })
})
