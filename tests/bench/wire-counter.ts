/** A wire that counts what goes over it, in both directions, and that can be cut. */
import { createServer, connect as openSocket, type Socket } from 'node:net'

export type WireCounter = {
  url: string
  /** Bytes since the last reset; `firstAt` is when the first of them came from the client's side. */
  count(): { sent: number; received: number; firstAt: number | null }
  reset(): void
  /** Hangs up and refuses everybody until `mend`. */
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

export async function startWireCounter(target: number): Promise<WireCounter> {
  let sent = 0
  let received = 0
  let firstAt: number | null = null
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (near) => {
    const far = openSocket({ port: target, host: '127.0.0.1', noDelay: true })
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('data', (chunk) => {
        if (socket === near) {
          firstAt ??= performance.now()
          sent += chunk.length
        } else {
          received += chunk.length
        }
        if (!other.write(chunk)) {
          socket.pause()
          other.once('drain', () => socket.resume())
        }
      })
      socket.on('end', () => other.end())
      // One broken half takes the other along.
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
  const hangUp = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  const port = await listen(0)
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => ({ sent, received, firstAt }),
    reset() {
      sent = 0
      received = 0
      firstAt = null
    },
    cut: hangUp,
    async mend() {
      await listen(port)
    },
    close: hangUp,
  }
}
