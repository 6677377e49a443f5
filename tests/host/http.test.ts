import { once } from 'node:events'
import { createServer } from 'node:https'
import { createServer as createMute } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { createHttp } from '#main/host/sync/http.ts'
import { keptPair } from '#server/tls/kept-pair.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const GET = { method: 'GET', headers: {}, body: null } as const

async function startServer() {
  const { key, certificate, fingerprint } = await keptPair(tempFolder())
  const seen = { connections: 0, requests: 0, ended: 0 }
  const server = createServer({ key, cert: certificate }, (_request, response) => {
    seen.requests += 1
    response.end('{}')
  })
  server.on('secureConnection', (socket) => {
    seen.connections += 1
    socket.on('close', () => {
      seen.ended += 1
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const url = new URL(`https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
  return { url, fingerprint, seen }
}

async function get(http: ReturnType<typeof createHttp>): Promise<string> {
  const { body } = await http.send('/', { ...GET, signal: AbortSignal.timeout(5_000) })
  return text(body)
}

it('connections are kept for request after request and end with the client', async () => {
  const { url, fingerprint, seen } = await startServer()
  const http = createHttp(url, fingerprint)
  for (let n = 0; n < 10; n += 1) expect(await get(http)).toBe('{}')
  expect(seen).toMatchObject({ requests: 10, ended: 0 })
  // The second request may come before the first has given its connection back.
  expect(seen.connections).toBeLessThanOrEqual(2)

  await http.close()

  await expect.poll(() => seen.ended).toBe(seen.connections)
})

it('the beginning of a fingerprint becomes the whole one with the first server that fits', async () => {
  const { url, fingerprint } = await startServer()
  const http = createHttp(url, fingerprint.slice(0, 20))
  expect(http.fingerprint()).toBeNull()
  await get(http)
  expect(http.fingerprint()).toBe(fingerprint)
  await http.close()
})

it.each([
  ['no pin', () => null],
  ['a pin that differs in its last digit', (pin: string) => pin.slice(0, -1) + (pin.endsWith('0') ? '1' : '0')],
  ['a pin that begins differently', (pin: string) => `${pin.startsWith('0') ? '1' : '0'}${pin.slice(1, 20)}`],
])('%s fits no server, and no request arrives', async (_what, pin) => {
  const { url, fingerprint, seen } = await startServer()
  const http = createHttp(url, pin(fingerprint))
  await expect(get(http)).rejects.toThrow(`the server shows ${fingerprint}`)
  await http.close()
  expect(seen.requests).toBe(0)
  expect(http.fingerprint()).toBeNull()
})

/** Takes connections and says nothing, as a server does whose machine hangs. */
async function startMute(protocol: 'http' | 'https') {
  const sockets = new Set<{ destroy(): void }>()
  const server = createMute((socket) => {
    sockets.add(socket)
    socket.resume()
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return { url: new URL(`${protocol}://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`), sockets }
}

it.each(['http', 'https'] as const)('a request ends in its time when a server of %s says nothing', async (protocol) => {
  const { url, sockets } = await startMute(protocol)
  const http = createHttp(url, 'ab')
  const begin = performance.now()
  await expect(http.send('/', { ...GET, signal: AbortSignal.timeout(150) })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  expect(performance.now() - begin).toBeLessThan(3_000)
  await http.close()
  await expect.poll(() => sockets.size).toBe(0)
})

it('what is ended already is not sent', async () => {
  const { url, fingerprint, seen } = await startServer()
  const http = createHttp(url, fingerprint)
  await expect(http.send('/', { ...GET, signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
  await http.close()
  expect(seen.connections).toBe(0)
})
