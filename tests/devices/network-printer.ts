/** A receipt printer with a network port, and with everything that goes wrong on the way to it. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createReceiptPrinter, type ReceiptPrinter } from '#tests/devices/receipt-printer.ts'

/** What becomes of the next connection. */
export type Manner = {
  /** Reads nothing. */
  stalls?: boolean
  /** Takes everything, but keeps the connection. */
  neverCloses?: boolean
  /** The cable is pulled when so many bytes have arrived. */
  cutAfter?: number
  /** Closes in order before anything was sent. */
  hangsUp?: boolean
  /** Closes in order as soon as so many bytes have arrived. */
  hangsUpAfter?: number
}

export type NetworkPrinter = ReceiptPrinter & {
  port: number
  manner: Manner
  /** Chooses the manner of each new connection instead. */
  nextManner: (() => Manner) | null
  connections(): number
  /** Every connection breaks, as when the program at the other end dies. */
  breakAll(): void
  /** Refuses connections until switched on again. */
  switchOff(): Promise<void>
  switchOn(): Promise<void>
  close(): Promise<void>
}

export async function createNetworkPrinter(manner: Manner = {}): Promise<NetworkPrinter> {
  const printer = createReceiptPrinter()
  const sockets = new Set<Socket>()
  let count = 0
  let server = newServer()

  function newServer() {
    return createServer({ allowHalfOpen: true }, (socket) => {
      count++
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => {})
      serve(socket, network.nextManner?.() ?? network.manner)
    })
  }

  function serve(socket: Socket, { stalls, neverCloses, cutAfter, hangsUp, hangsUpAfter }: Manner): void {
    if (hangsUp) socket.end()
    if (stalls) return
    const { feed } = printer.connect((bytes) => void socket.write(bytes))
    let untilHangUp = hangsUpAfter ?? Number.POSITIVE_INFINITY
    let left = cutAfter ?? Number.POSITIVE_INFINITY
    if (left === 0) socket.resetAndDestroy()
    socket.on('data', (bytes) => {
      feed(bytes.subarray(0, left))
      left -= bytes.length
      untilHangUp -= bytes.length
      if (untilHangUp <= 0) socket.end()
      if (left <= 0) socket.resetAndDestroy()
    })
    socket.on('end', () => {
      if (!neverCloses) socket.end()
    })
  }

  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  async function switchOff(): Promise<void> {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise((done) => server.close(done))
  }

  const network: NetworkPrinter = Object.assign(printer, {
    port: 0,
    manner,
    nextManner: null,
    connections: () => count,
    breakAll() {
      for (const socket of sockets) socket.resetAndDestroy()
    },
    switchOff,
    async switchOn() {
      server = newServer()
      await listen(network.port)
    },
    close: switchOff,
  })
  network.port = await listen(0)
  return network
}
