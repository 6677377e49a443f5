/**
 * A line over a raw TCP port (9100). Own socket: the byte builder's transport destroys it after the write, which can lose
 * the whole job and still report success.
 */
import { createConnection } from 'node:net'
import { LineFault, type PrinterLine } from '#main/host/devices/printer/line.ts'

export type TcpTarget = { host: string; port: number }

/** Rejects with a LineFault: PRINTER_REFUSED, or PRINTER_UNREACHABLE. */
export function openTcpLine({ host, port }: TcpTarget, withinMs: number): Promise<PrinterLine> {
  return new Promise((resolve, reject) => {
    // Half open: only our own end says that the job is complete.
    const socket = createConnection({ host, port, allowHalfOpen: true, noDelay: true })
    let connected = false
    let failure: NodeJS.ErrnoException | null = null
    let finishing = false
    const closed = new Promise<void>((done) => socket.once('close', () => done()))
    const brokenBy = () => new LineFault('PRINTER_CUT_OFF', failure?.message ?? 'connection closed')
    const over = new Promise<LineFault | null>((done) => {
      socket.once('end', () => done(null))
      socket.once('close', () => done(failure || !finishing ? brokenBy() : null))
    })
    const deadline = setTimeout(() => socket.destroy(), withinMs)
    socket.on('error', (error) => {
      failure = error
    })
    void closed.then(() => {
      clearTimeout(deadline)
      if (connected) return
      const refused = failure?.code === 'ECONNREFUSED'
      const detail = failure?.message ?? `no answer within ${withinMs} ms`
      reject(new LineFault(refused ? 'PRINTER_REFUSED' : 'PRINTER_UNREACHABLE', detail))
    })
    socket.once('connect', () => {
      connected = true
      clearTimeout(deadline)
      // Also what nobody listens to is read: unread input would turn an orderly close into a reset.
      socket.resume()
      resolve({
        over,
        write: (bytes) =>
          new Promise((done, fail) => socket.write(bytes, (error) => (error ? fail(brokenBy()) : done()))),
        onBytes: (listener) => void socket.on('data', listener),
        async finish() {
          finishing = true
          socket.end()
          await closed
          if (failure) throw brokenBy()
        },
        async drop() {
          socket.destroy()
        },
      })
    })
  })
}
