import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { WireError } from '#contract/wire/errors.ts'
import { request } from '#tests/server/support/http.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const REFUSED = { status: 400, body: { code: 'BAD_REQUEST' } }

describe('every error is a code and a message', () => {
  test.each([
    ['an unknown route', '/v1/entah', { method: 'GET' }, 404, 'NOT_FOUND'],
    ['a known route with another method', '/healthz', { method: 'DELETE' }, 404, 'NOT_FOUND'],
    ['a path that is not a path', '/v1/%zz', { method: 'GET' }, 400, 'BAD_REQUEST'],
    ['text that is not JSON', '/v1/enrolments', { body: '{' }, 400, 'BAD_REQUEST'],
    ['no body at all', '/v1/enrolments', { method: 'POST' }, 400, 'BAD_REQUEST'],
    ['a missing field', '/v1/enrolments', { body: { code: 'AAAAAAAA' } }, 400, 'BAD_REQUEST'],
    [
      'an unknown field',
      '/v1/enrolments',
      { body: { code: 'AAAAAAAA', deviceName: 'x', extra: 1 } },
      400,
      'BAD_REQUEST',
    ],
    [
      'another kind of body',
      '/v1/enrolments',
      { body: '<x/>', headers: { 'content-type': 'application/xml' } },
      400,
      'BAD_REQUEST',
    ],
    ['a body above one mebibyte', '/v1/enrolments', { body: ' '.repeat(1_048_577) }, 413, 'TOO_LARGE'],
  ])('%s', async (_what, path, options, status, code) => {
    const mall = await TestMall.start()

    const answer = await request(mall.url + path, options)

    expect(answer).toMatchObject({ status, body: { code } })
    expect(WireError.strict().safeParse(answer.body).success).toBe(true)
  })

  test('bytes that are not HTTP', async () => {
    const mall = await TestMall.start()
    const socket = connect(Number(new URL(mall.url).port), '127.0.0.1')
    socket.write('halo\r\n\r\n')
    let text = ''
    for await (const chunk of socket) text += String(chunk)

    expect(text).toContain('400 Bad Request')
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('a wrong visit id, cursor or number of events', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('polres-1')
    const push = { generation: 1, fromSeq: 1, prevHash: '0'.repeat(64) }

    expect(await counter.call('/v1/visits/1/prerequisites')).toMatchObject(REFUSED)
    expect(await counter.call('/v1/events', { ...push, events: [] })).toMatchObject(REFUSED)
    const events = Array.from({ length: 501 }, (_, index) => ({ seq: index + 1, hash: '0'.repeat(64), body: '' }))
    expect(await counter.call('/v1/events', { ...push, events })).toMatchObject(REFUSED)
    await expect(counter.changes('kemarin')).rejects.toThrow('BAD_REQUEST')
  })

  test('a push above sixteen mebibytes', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()

    expect(await desk.call('/v1/events', ' '.repeat(16 * 1024 * 1024 + 1))).toMatchObject({
      status: 413,
      body: { code: 'TOO_LARGE' },
    })
  })

  test('a push without a body, in another type, or that says it is packed and is not', async () => {
    const mall = await TestMall.start()
    const { token } = (await mall.frontDesk()).enrolment
    const url = `${mall.url}/v1/events`

    expect(await request(url, { token, method: 'POST' })).toMatchObject(REFUSED)
    expect(await request(url, { token, body: '' })).toMatchObject(REFUSED)
    expect(await request(url, { token, body: 'x', headers: { 'content-type': 'text/plain' } })).toMatchObject(REFUSED)
    expect(await request(url, { token, body: '{}', headers: { 'content-encoding': 'gzip' } })).toMatchObject(REFUSED)
  })

  test('a failure inside says nothing about the inside', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await mall.db.schema.dropTable('number_lease').execute()
    const lease = { requestId: desk.id, serviceId: 'ktp', businessDate: '2026-11-16' }

    const answer = await desk.call('/v1/number-leases', lease)

    expect(answer).toEqual({
      status: 500,
      body: { code: 'INTERNAL', message: 'the server failed; its log says why' },
    })
  })
})

test('healthz tells a mall server apart, without a token', async () => {
  const mall = await TestMall.start()

  expect(await request(`${mall.url}/healthz`)).toEqual({
    status: 200,
    body: { service: 'loket-mall-server', protocol: 1 },
  })
})

test('the OpenAPI document lists every route with its replies', async () => {
  const mall = await TestMall.start()
  const { body } = await request(`${mall.url}/openapi.json`)
  const paths = body.paths as Record<string, Record<string, { responses: Record<string, unknown> }>>

  expect(body.openapi).toBe('3.1.0')
  expect(Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((m) => `${m} ${path}`))).toEqual([
    'get /healthz',
    'post /v1/enrolments',
    'post /v1/hello',
    'post /v1/assertions',
    'post /v1/heartbeats',
    'get /v1/config',
    'get /v1/slip-keys',
    'post /v1/counters/open',
    'post /v1/hands/improve',
    'post /v1/hands/wanted',
    'post /v1/recalls/answers',
    'post /v1/claims',
    'post /v1/number-leases',
    'get /v1/outlook',
    'get /v1/appointments',
    'post /v1/personal-texts',
    'get /v1/visits/{visitId}/prerequisites',
    'get /v1/takers',
    'post /v1/notes',
    'get /v1/visits/{visitId}/notes',
    'get /v1/changes',
    'post /v1/events',
  ])
  expect(Object.keys(paths['/v1/events']?.post?.responses ?? {})).toEqual(['200', '4XX', '5XX'])
})

test('garbage behind a gzip header, where nobody reads a body, does not end the server', async () => {
  const mall = await TestMall.start()
  const { port } = new URL(mall.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  socket.end('GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\njunk')
  await new Promise((resolve) => socket.once('data', resolve))
  socket.destroy()
  // The bytes are unpacked beside the answer.
  await new Promise((resolve) => setTimeout(resolve, 100))

  expect(await request(`${mall.url}/healthz`)).toMatchObject({ status: 200 })
})
