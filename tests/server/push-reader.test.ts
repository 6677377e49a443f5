/** How pushed bodies are read: at once, in the thread beside, and by whoever is left when that ends. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { EventBodySchema } from '#contract/event-body.ts'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash } from '#domain/chain.ts'
import { createPushReader, type PushReader } from '#server/push/reading/push-reader.ts'
import { BODY_LIMIT, type Push, readRawPush } from '#server/push/reading/read-push.ts'
import type { ReaderData, ToReader } from '#server/push/reading/reader-messages.ts'
import { startReadingThread } from '#server/push/reading/reading-thread.ts'
import { MORNING } from '#tests/server/support/test-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const DEVICE = randomUUID()
const ENDING = new URL('support/ending-reader.ts', import.meta.url)
const UNREADABLE = new URL('support/unreadable-reader.ts', import.meta.url)
const READER = new URL('../../server/push/reading/reader.ts', import.meta.url)
const SLOW = new URL('support/slow-reader.ts', import.meta.url)
const run = promisify(execFile)

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

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

/** Bodies of every kind: events, one of a later version, text that is none. */
const mixed = (count: number) => [
  ...Array.from({ length: count }, (_, index) => issued(index + 1)),
  text(count + 1, { type: 'visit.applauded', data: { by: nested(60) } }),
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

test('what is nested without end is refused by whoever reads it, and the answers after it are for those who asked', async () => {
  const { reader, errors } = openReader()
  await whenThere(reader)
  const stranger = text(1, { type: 'visit.applauded', data: { by: 0 } })
  const odd = push([stranger.replace('"by":0', `"by":${'['.repeat(8_000)}${']'.repeat(8_000)}`)])
  const other = push(mixed(100))

  const [first, second] = await Promise.all([
    reader.read(DEVICE, packed(odd)),
    reader.read(randomUUID(), packed(other)),
  ])

  expect(first).toEqual(readRawPush(plain(odd)))
  expect(first.events.map(({ body }) => body.kind)).toEqual(['undecodable'])
  expect(second).toEqual(readRawPush(plain(other)))
  expect(errors).toEqual([])
})

test.each([
  ['ends', ENDING, 'code 3'],
  ['says what nobody can take apart', UNREADABLE, 'call stack'],
])(
  'what a thread that %s leaves behind is read all the same, once the log says so, and no other is started',
  async (_how, program, why) => {
    const { reader, errors } = openReader(program)
    const long = push(mixed(100))
    const isRead = async () => expect(await reader.read(DEVICE, packed(long))).toEqual(readRawPush(plain(long)))
    await expect
      .poll(
        async () => {
          await isRead()
          return errors.length
        },
        { timeout: 20_000 },
      )
      .toBe(1)
    for (let n = 0; n < 3; n += 1) await isRead()

    expect(errors).toHaveLength(1)
    expect(String(errors[0])).toContain(why)
  },
)

test('a thread that cannot be started is missed by nobody', async () => {
  const { reader, errors } = openReader(new URL('https://example.org/reader.ts'))
  const long = push(mixed(100))

  expect(await reader.read(DEVICE, packed(long))).toEqual(readRawPush(plain(long)))
  expect(errors).toHaveLength(1)
})

test('a server that ends leaves nobody waiting, and starts no thread again', async () => {
  const { reader, errors } = openReader()
  await whenThere(reader)
  const long = packed(push(mixed(300)))
  const ending = expect(reader.read(DEVICE, long)).rejects.toThrow('ending')

  await reader.close()

  await ending
  expect(isFromThread(await reader.read(DEVICE, long))).toBe(false)
  expect(errors).toEqual([])
})

test('a thread that is closed finishes what it is reading: cut off within a body, it could take the whole server with it', async () => {
  const file = join(tempFolder(), 'read.txt')
  const thread = startReadingThread(SLOW, () => {})
  const body = { bytes: Buffer.from(file), isPacked: false }
  const unread: Promise<unknown>[] = []
  const ask = () => {
    const read = thread.read(body)
    if (read) unread.push(expect(read).rejects.toThrow('ending'))
    return unread.length
  }
  await expect.poll(ask, { timeout: 20_000, interval: 10 }).toBe(2)

  await thread.close()

  await Promise.all(unread)
  expect(readFileSync(file, 'utf8')).toBe('whole\n'.repeat(2))
  expect(thread.read(body)).toBeNull()
})

test('what a closing thread finds in front of its end is not read: a server does not wait for a queue that nobody wants', async () => {
  const closing = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(READER, { workerData: { closing } satisfies ReaderData })
  const said: unknown[] = []
  worker.on('message', ({ kind, n }: { kind: string; n?: number }) => said.push(n ?? kind))
  const ask = (n: number) => worker.postMessage({ n, raw: packed(push(mixed(1))) } satisfies ToReader)
  ask(1)
  await expect.poll(() => said, { timeout: 20_000 }).toEqual(['ready', 1])

  Atomics.store(closing, 0, 1)
  ask(2)
  worker.postMessage('end' satisfies ToReader)

  expect(await once(worker, 'exit')).toEqual([0])
  expect(said).toEqual(['ready', 1])
})

test('a thread that is closed before it is there ends as well, and is asked nothing', async () => {
  const { reader, errors } = openReader()
  const long = packed(push(mixed(1)))
  await reader.read(DEVICE, long)

  await reader.close()

  expect(isFromThread(await reader.read(DEVICE, long))).toBe(false)
  expect(errors).toEqual([])
})

test('an idle thread does not keep a program alive', async () => {
  const program = join(import.meta.dirname, 'support/idle-reader-process.ts')

  const { stdout } = await run(process.execPath, [program, JSON.stringify(push(mixed(40)))], { timeout: 20_000 })

  expect(stdout).toBe('there\n')
})
