import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { pipeOver, startTestGateway } from '#tests/shell/fakes/test-gateway.ts'
import { waitFor } from '#tests/support/in-process-host.ts'

describe('the address with a token', () => {
  test('gives one browser a session that scripts cannot read and other sites cannot send', async () => {
    const { gateway, origin, get } = await startTestGateway()
    const first = await get(gateway.url().slice(origin.length))
    expect(first.status).toBe(303)
    expect(first.headers.location).toBe('/?screen=desk')
    expect(String(first.headers['set-cookie'])).toMatch(
      new RegExp(`^loket-session-${gateway.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    )
  })

  test('does not work twice: the second browser reads what to do, and the terminal gets a new address', async () => {
    const { gateway, origin, get, strangers } = await startTestGateway()
    const url = gateway.url()
    expect(gateway.url()).toBe(url)
    await get(url.slice(origin.length))
    const second = await get(url.slice(origin.length))
    expect(second.status).toBe(403)
    expect(second.body).toContain('Alamat baru sudah tampil di terminal')
    expect(second.headers['set-cookie']).toBeUndefined()
    expect(strangers()).toBe(1)
    expect(gateway.url()).not.toBe(url)
  })

  test('is needed for everything, and a guess is no session', async () => {
    const { get } = await startTestGateway()
    for (const path of ['/?token=', '/?token=wrong', '/', '/?screen=desk', '/assets/app.js', '/ws']) {
      expect([path, (await get(path)).status]).toEqual([path, 403])
      expect([path, (await get(path, { cookie: 'loket-session=guess' })).status]).toEqual([path, 403])
    }
  })
})

describe('what is served', () => {
  test('is the page with a strict policy whose nonce is new each time', async () => {
    const { get, signIn, authority } = await startTestGateway()
    const cookie = await signIn()
    const [first, second] = [await get('/?screen=desk', { cookie }), await get('/?screen=desk', { cookie })]
    const nonce = /nonce="([^"]+)"/.exec(first.body)?.[1]
    expect(first.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; ` +
        `connect-src 'self' ws://${authority}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    expect(first.headers['x-content-type-options']).toBe('nosniff')
    expect(first.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(second.body).not.toBe(first.body)
  })

  test('is only for this exact address, so that a name which points here gets nothing', async () => {
    const { get, signIn, gateway } = await startTestGateway()
    const cookie = await signIn()
    for (const host of ['evil.example', `localhost:${gateway.port}`, `evil.example:${gateway.port}`, '127.0.0.1']) {
      expect((await get('/?screen=desk', { cookie, host })).status).toBe(403)
    }
  })

  test('is only for reading', async () => {
    const { get, signIn } = await startTestGateway()
    expect((await get('/?screen=desk', { cookie: await signIn() }, 'POST')).status).toBe(405)
  })

  test('does not include anything outside the folder, in whatever spelling, nor kinds that are not served', async () => {
    const { get, signIn } = await startTestGateway()
    const cookie = await signIn()
    for (const path of [
      '/../secret.js',
      '/assets/../../secret.js',
      '/%2e%2e/secret.js',
      '/..%2fsecret.js',
      '/assets/..%5c..%5csecret.js',
      '//../secret.js',
      '/assets/%00app.js',
      '/%E0%A4%A',
      '/notes.txt',
      '/assets',
      '/missing.js',
      '/app.js:stream',
    ]) {
      const answer = await get(path, { cookie })
      expect([path, answer.status, answer.body.includes('outside')]).toEqual([path, 404, false])
    }
  })

  test('does include the files of the page', async () => {
    const { get, signIn } = await startTestGateway()
    const answer = await get('/assets/app.js', { cookie: await signIn() })
    expect(answer).toMatchObject({ status: 200, body: 'export {}' })
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  test('has no screen that does not exist', async () => {
    const { get, signIn } = await startTestGateway()
    expect((await get('/?screen=loket-99', { cookie: await signIn() })).status).toBe(404)
  })
})

describe("a screen's WebSocket", () => {
  test('is refused from another origin, without the session, with a foreign Host and for an unknown screen', async () => {
    const { openSocket, signIn, origin, authority, gateway } = await startTestGateway()
    const cookie = await signIn()
    expect(await openSocket({ cookie })).toBe(403)
    expect(await openSocket({ cookie, origin: 'http://evil.example' })).toBe(403)
    expect(await openSocket({ cookie, origin: 'null' })).toBe(403)
    expect(await openSocket({ cookie, origin: `http://localhost:${gateway.port}` })).toBe(403)
    expect(await openSocket({ origin })).toBe(403)
    expect(await openSocket({ origin, cookie: `${cookie}x` })).toBe(403)
    expect(await openSocket({ origin, cookie, host: 'evil.example' })).toBe(403)
    expect(await openSocket({ origin, cookie }, '/ws?screen=loket-99')).toBe(404)
    expect(await openSocket({ origin, cookie }, '/other?screen=desk')).toBe(404)
    expect(await openSocket({ origin, cookie, host: authority })).toBeInstanceOf(WebSocket)
  })

  test('stays the same one when the host is killed: it gets the new host by itself', async () => {
    const { connect, screen } = await startTestGateway()
    const ws = await connect()
    const pipe = pipeOver(ws)
    const pids: number[] = []
    pipe.subscribe('desk', (value) => pids.push((value as { pid: number }).pid))
    const first = await waitFor(() => pids[0] ?? null, 'the first host')
    const unanswered = pipe.invoke('test.silent', {})
    process.kill(first, 'SIGKILL')
    expect(await unanswered).toEqual({ ok: false, code: 'HOST_GONE' })
    const second = await waitFor(() => pids[1] ?? null, 'the second host')
    expect(second).not.toBe(first)
    expect(await pipe.invoke('test.pid', {})).toEqual({ ok: true, data: second })
    expect(ws.readyState).toBe(WebSocket.OPEN)
    expect(screen.host.status.get()).toEqual({ state: 'running' })
  })

  test('answers BAD_INPUT to a message outside the contract that has an id, and logs and drops any other', async () => {
    const { connect, log } = await startTestGateway()
    const ws = await connect()
    const received: string[] = []
    ws.on('message', (data) => received.push(String(data)))
    for (const text of ['', 'not json', '7', 'null', '[]', '{"t":"weather"}', '{"t":"invoke","id":0,"method":"a"}']) {
      ws.send(text)
    }
    ws.send(Buffer.from([0xff, 0x00]))
    ws.send('{"t":"weather","id":5}')
    ws.send('{"t":"invoke","id":6,"method":"test.echo","input":{},"role":"supervisor"}')
    ws.send('{"t":"invoke","id":7,"method":"test.echo","input":{"still":"alive"}}')
    await waitFor(() => (received.length >= 3 ? true : null), 'three answers')
    expect(received.map((text) => JSON.parse(text))).toEqual([
      { t: 'result', id: 5, result: { ok: false, code: 'BAD_INPUT' } },
      { t: 'result', id: 6, result: { ok: false, code: 'BAD_INPUT' } },
      { t: 'result', id: 7, result: { ok: true, data: { still: 'alive' } } },
    ])
    expect(log.lines.filter((line) => line.startsWith('message outside the contract'))).toHaveLength(10)
  })

  test('carries the place where a screen broke into the log, and not more of it than a log can take', async () => {
    const { connect, log } = await startTestGateway()
    const pipe = pipeOver(await connect())
    const crash = { error: 'TypeError: x is null\n    at Desk (app.js:1:2)', components: '\n    at Desk' }
    expect(await pipe.invoke('shell.reportCrash', crash)).toEqual({ ok: true, data: {} })
    expect(await pipe.invoke('shell.reportCrash', { ...crash, error: 'x'.repeat(8_001) })).toMatchObject({ ok: false })
    expect(log.lines).toEqual([`screen crashed ${JSON.stringify({ screen: 'desk', ...crash })}`])
  })

  test('is closed by a message above the size limit, and only that one', async () => {
    const { connect, openSocket, origin, signIn } = await startTestGateway()
    const ws = await connect()
    const other = await openSocket({ origin, cookie: await signIn() })
    const closed = new Promise((resolve) => ws.once('close', resolve))
    ws.send('x'.repeat(2_100_000))
    expect(await closed).toBe(1009)
    expect((other as WebSocket).readyState).toBe(WebSocket.OPEN)
  })

  test('that closes is forgotten by the host', async () => {
    const { connect, openSocket, origin, signIn } = await startTestGateway()
    const leaving = await connect()
    expect(await pipeOver(leaving).invoke('test.gone', {})).toEqual({ ok: true, data: [] })
    const staying = (await openSocket({ origin, cookie: await signIn() })) as WebSocket
    leaving.close()
    const pipe = pipeOver(staying)
    await expect.poll(() => pipe.invoke('test.gone', {})).toEqual({ ok: true, data: [1] })
  })
})

test('the gateway listens on the loopback address only', async () => {
  const { gateway } = await startTestGateway()
  expect(gateway.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4')
  if (outside) await expect(fetch(`http://${outside.address}:${gateway.port}/`)).rejects.toThrow()
})
