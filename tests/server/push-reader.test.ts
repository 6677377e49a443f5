/** How pushed bodies are read: at once, in the thread beside, and by whoever is left when that ends. */
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { EventBodySchema } from '#contract/event-body.ts'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash } from '#domain/chain.ts'
import { createPushReader, type PushReader } from '#server/push/reading/push-reader.ts'
import { BODY_LIMIT, type Push, readRawPush } from '#server/push/reading/read-push.ts'
import { MORNING } from '#tests/server/support/test-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'

const DEVICE = randomUUID()
const ENDING = new URL('support/ending-reader.ts', import.meta.url)

const readers: PushReader[] = []
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
})

function openReader(program?: URL) {
  const errors: unknown[] = []
  const reader = createPushReader({ error: (error: unknown) => errors.push(error) }, program)
  readers.push(reader)
  return { reader, errors }
}

const text = (seq: number, fact: object) =>
  canonicalJson({
    ...{ v: 1, device: DEVICE, generation: 1, seq, at: MORNING, offset: 0 },
    ...{ counterId: null, epoch: null, officerId: 'made', ...fact },
  } as unknown as CanonicalValue)

const issued = (seq: number) =>
  text(seq, {
    type: 'visit.issued',
    data: {
      ...{ visitId: randomUUID(), label: `D-${String(seq).padStart(3, '0')}`, businessDate: '2026-11-16' },
      ...{ serviceId: 'ktp', priority: null, journeyId: null },
    },
  })

/** Bodies of every kind: events, one of a later version, text that is none. */
const mixed = (count: number) => [
  ...Array.from({ length: count }, (_, index) => issued(index + 1)),
  text(count + 1, { type: 'visit.applauded', data: { by: 'all' } }),
  '{"v":1}',
]

function push(bodies: readonly string[]) {
  let before = GENESIS
  const events = bodies.map((body, index) => {
    before = linkHash(sha256, before, body)
    return { seq: index + 1, hash: before, body }
  })
  return { generation: 1, fromSeq: 1, prevHash: GENESIS, events }
}

const plain = (value: unknown) => ({ bytes: Buffer.from(JSON.stringify(value)), isPacked: false })
const packed = (value: unknown) => ({ bytes: gzipSync(JSON.stringify(value)), isPacked: true })

/** The thread tells an event by its text, in whose order its parts are; at once they are in the order of the shape. */
function isFromThread({ events: [first] }: Push): boolean {
  return first?.body.kind === 'event' && Object.keys(first.body.event)[0] === 'at'
}

/** Reads until the thread is there. */
async function whenThere({ read }: PushReader): Promise<void> {
  await expect
    .poll(async () => isFromThread(await read(DEVICE, packed(push(mixed(1))))), { timeout: 20_000 })
    .toBe(true)
}

describe('a push', () => {
  test('says the same whether it comes packed, long or short, and whoever reads it', async () => {
    const { reader } = openReader()
    await whenThere(reader)
    const short = push(mixed(1))
    const long = push(mixed(100))

    const beside = await reader.read(DEVICE, plain(long))

    expect(isFromThread(beside)).toBe(true)
    expect(beside).toEqual(readRawPush(plain(long)))
    expect(beside.events.slice(-3).map(({ body }) => body.kind)).toEqual(['event', 'unknown_type', 'undecodable'])
    expect(await reader.read(DEVICE, packed(long))).toEqual(beside)
    const atOnce = await reader.read(DEVICE, plain(short))
    expect(isFromThread(atOnce)).toBe(false)
    expect(await reader.read(DEVICE, packed(short))).toEqual(atOnce)
  })

  test.each([
    ['text that is not JSON', gzipSync('{'), 'BAD_REQUEST'],
    ['a body of another shape', gzipSync('{"events":[]}'), 'BAD_REQUEST'],
    ['bytes that nobody packed', Buffer.alloc(9_000), 'BAD_REQUEST'],
    ['half of what was packed', gzipSync(JSON.stringify(push(mixed(20)))).subarray(0, 500), 'BAD_REQUEST'],
    ['a little that unpacks to very much', gzipSync(Buffer.alloc(BODY_LIMIT + 1)), 'TOO_LARGE'],
    ['a broken chain', gzipSync(JSON.stringify({ ...push(mixed(20)), prevHash: 'f'.repeat(64) })), 'CHAIN_BROKEN'],
  ])('that is %s is refused beside as at once', async (_what, bytes, code) => {
    const { reader } = openReader()
    const raw = { bytes, isPacked: true }
    expect(() => readRawPush(raw)).toThrow(expect.objectContaining({ code }))
    await expect(reader.read(DEVICE, raw)).rejects.toMatchObject({ code })
    await whenThere(reader)

    await expect(reader.read(DEVICE, raw)).rejects.toMatchObject({ code })
    // It goes on with the next.
    expect(isFromThread(await reader.read(DEVICE, packed(push(mixed(1)))))).toBe(true)
  })
})

test('the shape of an event changes nothing that it reads, so an event may be read from its text again', () => {
  const shape = (io: 'input' | 'output') => z.toJSONSchema(EventBodySchema, { io })
  expect(shape('output')).toEqual(shape('input'))
})

test('a short push does not overtake a long one of the same device, also when that is refused', async () => {
  const { reader } = openReader()
  await whenThere(reader)
  const order: string[] = []
  const note = (what: string, read: Promise<Push>) =>
    read.then(
      () => order.push(what),
      () => order.push(`${what} refused`),
    )

  await Promise.all([
    note('long', reader.read(DEVICE, packed(push(mixed(300))))),
    note('short', reader.read(DEVICE, plain(push(mixed(1))))),
    note('other device', reader.read(randomUUID(), plain(push(mixed(1))))),
    note('broken', reader.read(DEVICE, packed({ ...push(mixed(300)), generation: 0 }))),
    note('last', reader.read(DEVICE, plain({}))),
  ])

  expect(order).toEqual(['other device', 'long', 'short', 'broken refused', 'last refused'])
})

test('what a thread leaves behind when it ends is read all the same, and the log says so', async () => {
  const { reader, errors } = openReader(ENDING)
  const long = push(mixed(100))
  await expect
    .poll(
      async () => {
        expect(await reader.read(DEVICE, packed(long))).toEqual(readRawPush(plain(long)))
        return errors.length
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)

  expect(String(errors[0])).toContain('code 3')
})

test('a server that ends answers what is being read', async () => {
  const { reader, errors } = openReader()
  await whenThere(reader)
  const long = push(mixed(300))

  const [read] = await Promise.all([reader.read(DEVICE, packed(long)), reader.close()])

  expect(read).toEqual(readRawPush(plain(long)))
  expect(errors).toEqual([])
})
