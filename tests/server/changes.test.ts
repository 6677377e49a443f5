import { PassThrough, type Writable } from 'node:stream'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { readChanges as readStream } from '#main/host/sync/changes-stream.ts'
import { decodeMessage } from '#main/host/sync/decode-message.ts'
import { createMallClient } from '#main/host/sync/mall-client.ts'
import { forgetChangesBefore } from '#server/queue/changes.ts'
import { streamChanges } from '#server/stream/change-stream.ts'
import { packPage } from '#server/stream/pack-page.ts'
import { asAuthenticated, contextOfMall } from '#tests/server/support/mall-context.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'
import { PACKED, unpacked } from '#tests/server/support/unpacked.ts'
import { eventually } from '#tests/support/eventually.ts'

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

  test('ends with its connection: nothing frames the pieces of its body', async () => {
    const mall = await TestMall.start()
    const { token } = (await mall.frontDesk()).enrolment
    const response = await fetch(`${mall.url}/v1/changes`, { headers: { authorization: `Bearer ${token}` } })
    const header = (name: string) => response.headers.get(name)
    expect(['connection', 'transfer-encoding', 'content-length'].map(header)).toEqual(['close', null, null])
    let text = ''
    let closing: Promise<void> | null = null
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString()
      if (text.includes('caught_up')) closing ??= mall.close()
    }
    await closing
    expect(text).toMatch(/^id: 1\ndata: {"kind":"config".*}\n\ndata: {"kind":"caught_up".*}\n\n$/)
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
    const device = asAuthenticated(await mall.frontDesk())
    const context = await contextOfMall(mall)
    return (out: Writable) => streamChanges(context, device, out, { after: 0, heartbeatMs, isPacked: false })
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

  /** A front desk's token, and what it issued. */
  async function deskWithQueue(mall: TestMall, length: number): Promise<string> {
    const desk = await mall.frontDesk()
    for (let n = 1; n <= length; n += 1) await desk.issue(`K-${String(n).padStart(2, '0')}`, 'kk')
    return desk.enrolment.token
  }

  /** Up to the end of catching up; behind the cursor `after`, or all. */
  async function catchUpText(mall: TestMall, token: string, query: string, after = 0): Promise<string> {
    const headers = { authorization: `Bearer ${token}`, 'last-event-id': String(after) }
    const response = await fetch(`${mall.url}/v1/changes${query}`, { headers })
    let text = ''
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString()
      if (text.includes('caught_up')) break
    }
    return text
  }

  test('tells a long page in one packed message where that is asked for, and the same in it', async () => {
    const mall = await TestMall.start()
    const token = await deskWithQueue(mall, 60)
    const plain = await catchUpText(mall, token, '')
    const packed = await catchUpText(mall, token, '?pack=gzip')

    expect(plain.match(/"kind":"queue"/g)).toHaveLength(60)
    expect(packed.match(PACKED)).toHaveLength(1)
    expect(packed.length).toBeLessThan(plain.length / 2)
    expect(unpacked(packed)).toBe(plain)
    expect(await catchUpText(mall, token, '?pack=zstd')).toBe(plain)
    expect(await catchUpText(mall, token, '?pack=gzip&pack=gzip')).toBe(plain)
    // A desk that was cut off in the middle goes on behind what it has taken of the page.
    const rest = await catchUpText(mall, token, '?pack=gzip', 20)
    expect(rest).toMatch(PACKED)
    expect(unpacked(rest)).toBe(plain.slice(plain.indexOf('id: 21\n')))
  })

  test('tells a real desk packed what is long', async () => {
    const mall = await TestMall.start()
    const token = await deskWithQueue(mall, 60)
    const abort = new AbortController()
    const client = createMallClient(
      { url: mall.url, fingerprint: null },
      token,
      abort.signal,
      pino({ level: 'silent' }),
    )
    const kinds: string[] = []
    const events: (string | undefined)[] = []
    const decode: typeof decodeMessage = (message) => {
      events.push(message.event)
      return decodeMessage(message)
    }
    const taken = readStream(await client.changes(0, abort.signal), decode, abort, {
      onBatch: (batch) => kinds.push(...batch.map((one) => ('change' in one ? one.change.kind : 'unknown'))),
      busy: () => null,
    }).catch((error: unknown) => error)
    await eventually(() => expect(kinds.at(-1)).toBe('caught_up'))
    abort.abort(new Error('the desk leaves'))
    expect(await taken).toMatchObject({ code: 'UNREACHABLE', message: 'stream: Error: the desk leaves' })
    await client.close()
    expect(kinds.filter((kind) => kind === 'queue')).toHaveLength(60)
    expect(events).toEqual(['packed', undefined])
  })

  test('packs from 4,096 characters on, and the same once', () => {
    expect(packPage('x'.repeat(4_095))).toBe('x'.repeat(4_095))
    const packed = packPage('x'.repeat(4_096))
    expect(unpacked(packed)).toBe('x'.repeat(4_096))
    expect(packPage('x'.repeat(4_096))).toBe(packed)
    expect(unpacked(packPage('y'.repeat(4_096)))).toBe('y'.repeat(4_096))
  })

  test('tells a short page as it is', async () => {
    const mall = await TestMall.start()
    const token = await deskWithQueue(mall, 3)
    expect(await catchUpText(mall, token, '?pack=gzip')).toContain('"kind":"queue"')
  })
})
