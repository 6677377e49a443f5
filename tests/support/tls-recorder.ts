/** Another server in the mall server's place: takes TLS from anybody and keeps every byte that it is told. */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import { keptPair } from '#server/tls/kept-pair.ts'
import type { Pair } from '#server/tls/read-pair.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

export type TlsRecorder = {
  url: string
  fingerprint: string
  /** Connections that have ended: nothing can come from them any more. */
  visits(): number
  /** What all connections together said beyond TLS's own handshake. */
  heard(): string
  close(): Promise<void>
}

export async function startTlsRecorder(port = 0, pair?: Pair): Promise<TlsRecorder> {
  const { key, certificate, fingerprint } = pair ?? (await keptPair(tempFolder()))
  let heard = ''
  let visits = 0
  const open = new Set<Socket>()
  const server = createServer({ key, cert: certificate }, (socket) => {
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      socket.end('HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    })
    socket.on('error', () => {})
  })
  // Whoever turns away in the middle of the handshake counts as well.
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => {
      open.delete(socket)
      visits += 1
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const close = async () => {
    if (!server.listening) return
    for (const socket of open) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(close)
  return { url, fingerprint, visits: () => visits, heard: () => heard, close }
}
