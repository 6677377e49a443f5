import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { sendTcp } from '#main/host/devices/printer/transport-tcp.ts'
import { slip } from '#tests/devices/samples.ts'

const JOB = renderDocument(slip, 80)
const DEADLINE_MS = 200

const servers: { server: Server; sockets: Socket[] }[] = []
afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => server.close(done))
  }
})

/** A printer on a real port. `behave` gets each connection, whose other half stays open until it is closed. */
async function printer(behave: (socket: Socket) => void) {
  const sockets: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    behave(socket)
  })
  servers.push({ server, sockets })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { host: '127.0.0.1', port, deadlineMs: DEADLINE_MS, connections: () => sockets.length }
}

describe('a job over TCP', () => {
  test('is handed over when the printer took every byte and closed', async () => {
    const got: Buffer[] = []
    const target = await printer((socket) => {
      socket.on('data', (bytes) => got.push(bytes))
      socket.on('end', () => socket.end())
    })
    expect(await sendTcp(target, JOB)).toEqual({ kind: 'handed_over' })
    expect(readEscPos(Buffer.concat(got))).toMatchObject({ cut: true, qr: [slip.qr] })
  })

  test('arrives whole when it is large, the printer is slow and it answers status bytes meanwhile', async () => {
    const large = Buffer.alloc(3_000_000, 'x')
    let received = 0
    const target = await printer((socket) => {
      socket.on('data', (bytes) => {
        received += bytes.length
        socket.write(Buffer.alloc(100))
        socket.pause()
        setTimeout(() => socket.resume(), 1)
      })
      socket.on('end', () => socket.end())
    })
    expect(await sendTcp({ ...target, deadlineMs: 5000 }, large)).toEqual({ kind: 'handed_over' })
    expect(received).toBe(large.length)
  })

  test('is not sent when the printer refuses the connection', async () => {
    const target = await printer(() => {})
    const closing = servers.pop()
    await new Promise((done) => closing?.server.close(done))
    expect(await sendTcp(target, JOB)).toMatchObject({ kind: 'not_sent', code: 'PRINTER_REFUSED' })
  })

  test('is not sent when the printer cannot be found', async () => {
    const outcome = await sendTcp({ host: 'printer.invalid', port: 9100, deadlineMs: 1000 }, JOB)
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_UNREACHABLE' })
  })

  test('is unknown when the printer stalls', async () => {
    const target = await printer((socket) => socket.pause())
    const started = performance.now()
    const outcome = await sendTcp(target, Buffer.alloc(20_000_000))
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(performance.now() - started).toBeLessThan(DEADLINE_MS * 4)
  })

  test('is unknown when the printer takes everything but never closes', async () => {
    const got: Buffer[] = []
    const target = await printer((socket) => socket.on('data', (bytes) => got.push(bytes)))
    expect(await sendTcp(target, JOB)).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(Buffer.concat(got)).toEqual(Buffer.from(JOB))
  })

  test('cut off after any number of bytes is unknown, because paper may have come out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 5_000_000 }), async (cutAfter) => {
        let received = 0
        const target = await printer((socket) => {
          socket.on('data', (bytes) => {
            received += bytes.length
            if (received >= cutAfter) socket.resetAndDestroy()
          })
        })
        const outcome = await sendTcp({ ...target, deadlineMs: 5000 }, Buffer.alloc(8_000_000))
        expect(outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_CUT_OFF' })
        expect(received).toBeGreaterThan(0)
      }),
      { numRuns: 15 },
    )
  })

  test('reset at once is never taken for printed, and is left to the worker to try again', async () => {
    const target = await printer((socket) => socket.resetAndDestroy())
    const outcome = await sendTcp(target, Buffer.alloc(8_000_000))
    // The reset may come before or after the first byte was given to the system.
    expect(['not_sent', 'unknown']).toContain(outcome.kind)
    expect(target.connections()).toBe(1)
  })
})
