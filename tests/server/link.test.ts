/** The link: what a device asks over one WebSocket is answered as over HTTP, for as long as it may ask at all. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { HEARTBEAT_MS, LINK_MESSAGE_BYTES, LINK_PATH } from '#contract/wire/agreed.ts'
import type { Caller } from '#server/auth.ts'
import { linkedRoute } from '#server/routes/linked-route.ts'
import type { Answer } from '#tests/server/support/http.ts'
import { openLink, socketTo } from '#tests/server/support/test-link.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

/** RFC 6455's own example. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='

async function openCounter() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const counter = await mall.counter('dukcapil-1')
  await counter.open()
  return { mall, desk, counter, link: await openLink(mall, counter) }
}

/** What comes first of the answer to a GET with these headers, in one piece. */
async function rawAnswer(mall: TestMall, path: string, headers: string): Promise<string> {
  const socket = connect(Number(new URL(mall.url).port), '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`)
  return String((await once(socket, 'data'))[0])
}

/** The status and the body with which opening a link is refused. */
async function refusal(socket: WebSocket): Promise<Answer> {
  const [, response] = await once(socket, 'unexpected-response')
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { status: response.statusCode, body: JSON.parse(text) }
}

describe('over a link', () => {
  test('a hand is improved, a number wanted, a recall answered, a slip claimed and a heartbeat heard', async () => {
    const { mall, desk, counter, link } = await openCounter()
    const visitId = await desk.issue('D-001', 'ktp')

    const improved = await link.ask('/v1/hands/improve', { epoch: counter.epoch })
    expect(improved).toMatchObject({ status: 200, body: { grants: [{ visitId }] } })
    expect(improved).toEqual(await counter.call('/v1/hands/improve', { epoch: counter.epoch }))
    const wanted = await link.ask('/v1/hands/wanted', { epoch: counter.epoch, visitId, entryNo: 1 })
    expect(wanted).toMatchObject({ status: 200, body: { kind: 'granted' } })
    const [grant] = await counter.grants()
    const answer = { visitId, entryNo: 1, grant: grant?.grant, answer: 'in_service' }
    expect(await link.ask('/v1/recalls/answers', answer)).toEqual({ status: 200, body: {} })
    const claim = { visitId, entryNo: 1, label: 'D-001', serviceId: 'ktp', businessDate: '2026-11-16' }
    const slip = { ...claim, issuedAt: MORNING, priority: null }
    expect((await link.ask('/v1/claims', slip)).body).toEqual((await counter.call('/v1/claims', slip)).body)
    mall.now += 1
    expect(await link.ask('/v1/heartbeats', { incarnation: 1, epoch: counter.epoch })).toEqual({
      status: 200,
      body: { serverTime: mall.now },
    })
  })

  test('many requests may be under way, and each gets its own answer', async () => {
    const { counter, link } = await openCounter()
    const asked = Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0
        ? link.ask('/v1/heartbeats', { incarnation: 1, epoch: counter.epoch })
        : link.ask('/v1/hands/improve', { epoch: 99 }),
    )
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, index) => (index % 2 === 0 ? 200 : 409)))
  })

  test.each([
    ['a route that is none of a link', '/v1/events', {}, 404, 'NOT_FOUND'],
    ['a body of another shape', '/v1/hands/improve', { epoch: 0 }, 400, 'BAD_REQUEST'],
    ['no body', '/v1/hands/improve', undefined, 400, 'BAD_REQUEST'],
    ['a session that is not open', '/v1/hands/improve', { epoch: 7 }, 409, 'COUNTER_NOT_OPEN'],
  ])('%s is refused, and the link goes on', async (_what, path, body, status, code) => {
    const { counter, link } = await openCounter()

    expect(await link.ask(path, body)).toMatchObject({ status, body: { code } })

    expect(await link.ask('/v1/hands/improve', { epoch: counter.epoch })).toMatchObject({ status: 200 })
  })

  test.each([
    ['was revoked', { revoked_at: MORNING }, 401, 'UNAUTHORISED'],
    ['was put in doubt', { doubt_at: MORNING, doubt_reason: 'NONCE' }, 409, 'DEVICE_IN_DOUBT'],
    ['has not heard of a restore', { incarnation: 0 }, 409, 'HELLO_NEEDED'],
  ])('a device that %s a moment ago is refused with the very next request', async (_what, change, status, code) => {
    const { mall, counter, link } = await openCounter()
    expect(await link.ask('/v1/hands/improve', { epoch: counter.epoch })).toMatchObject({ status: 200 })
    await mall.db.updateTable('device').set(change).where('id', '=', counter.id).execute()

    expect(await link.ask('/v1/hands/improve', { epoch: counter.epoch })).toMatchObject({ status, body: { code } })
  })

  test('a failure inside says nothing about the inside', async () => {
    const { mall, counter, link } = await openCounter()
    await mall.db.schema.dropTable('barrier').execute()

    expect(await link.ask('/v1/hands/improve', { epoch: counter.epoch })).toEqual({
      status: 500,
      body: { code: 'INTERNAL', message: 'the server failed; its log says why' },
    })
  })
})

test('what an answer’s shape does not name stays inside, over a link as by HTTP', async () => {
  const route = linkedRoute({
    ...{ path: '/v1/x', summary: 'x', body: z.object({}), reply: z.object({ kept: z.int() }) },
    answer: async () => ({ kept: 1, inside: 2 }),
  })
  expect(await route.ask({} as Caller, {})).toEqual({ kept: 1 })
})

describe('a link is not opened', () => {
  test.each([
    ['without a token', {}],
    ['with a token that nobody has', { authorization: `Bearer ${'x'.repeat(43)}` }],
  ])('%s', async (_what, headers: Record<string, string>) => {
    const mall = await TestMall.start()
    expect(await refusal(socketTo(mall, headers))).toMatchObject({ status: 401, body: { code: 'UNAUTHORISED' } })
  })

  test('at another path', async () => {
    const mall = await TestMall.start()
    const socket = new WebSocket(`${mall.url}/v1/changes`)
    expect(await refusal(socket)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })

  test('by a WebSocket of another version', async () => {
    const mall = await TestMall.start()
    const { enrolment } = await mall.counter('dukcapil-1')
    const headers = `connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: ${KEY}\r\nsec-websocket-version: 7\r\nauthorization: Bearer ${enrolment.token}\r\n`
    expect(await rawAnswer(mall, LINK_PATH, headers)).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"BAD_REQUEST"/)
  })

  test.each([
    ['/healthz', 200],
    [LINK_PATH, 404],
  ])('by what offers another protocol beside its request: %s is answered by HTTP', async (path, status) => {
    const mall = await TestMall.start()
    const { enrolment } = await mall.counter('dukcapil-1')
    const headers = `connection: upgrade\r\nupgrade: h2c\r\nauthorization: Bearer ${enrolment.token}\r\n`
    expect(await rawAnswer(mall, path, headers)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\\}$`))
  })
})

describe('a link ends', () => {
  const closed = async (socket: WebSocket): Promise<number> => (await once(socket, 'close'))[0]

  test.each([
    ['text that is no request', (socket: WebSocket) => socket.send('halo'), 1008],
    ['a request without its number', (socket: WebSocket) => socket.send('{"path":"/v1/claims","body":{}}'), 1008],
    ['bytes', (socket: WebSocket) => socket.send(Buffer.from('{}')), 1008],
    ['too long a message', (socket: WebSocket) => socket.send(' '.repeat(LINK_MESSAGE_BYTES + 1)), 1009],
  ])('with %s', async (_what, speak, code) => {
    const { mall, counter, link } = await openCounter()
    speak(link.socket)
    expect(await closed(link.socket)).toBe(code)
    // The next one is welcome.
    const next = await openLink(mall, counter)
    expect(await next.ask('/v1/hands/improve', { epoch: counter.epoch })).toMatchObject({ status: 200 })
  })

  test('with the server, which does not wait for it', async () => {
    const { mall, link } = await openCounter()
    const end = closed(link.socket)
    await mall.close()
    await end
  })

  test('after its answer, when its device was revoked', async () => {
    const { mall, counter, link } = await openCounter()
    const end = closed(link.socket)
    await mall.db.updateTable('device').set({ revoked_at: MORNING }).where('id', '=', counter.id).execute()

    expect(await link.ask('/v1/heartbeats', { incarnation: 1, epoch: null })).toMatchObject({ status: 401 })
    expect(await end).toBe(1008)
  })

  test('when its device opened three others since', async () => {
    const { mall, desk, counter, link } = await openCounter()
    const other = await openLink(mall, desk)
    const end = closed(link.socket)
    const others = [await openLink(mall, counter), await openLink(mall, counter)]
    expect(await link.ask('/v1/hands/improve', { epoch: counter.epoch })).toMatchObject({ status: 200 })

    others.push(await openLink(mall, counter))

    await end
    for (const one of [...others, other]) {
      expect(await one.ask('/v1/heartbeats', { incarnation: 1, epoch: null })).toMatchObject({ status: 200 })
    }
  })

  test('when its device says nothing for six heartbeats', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { counter, link } = await openCounter()
    const end = closed(link.socket)
    vi.advanceTimersByTime(6 * HEARTBEAT_MS - 1)
    expect(await link.ask('/v1/hands/improve', { epoch: counter.epoch })).toMatchObject({ status: 200 })
    vi.advanceTimersByTime(6 * HEARTBEAT_MS - 1)
    await delay(20)
    expect(link.socket.readyState).toBe(WebSocket.OPEN)
    vi.advanceTimersByTime(1)
    await end
  })
})
