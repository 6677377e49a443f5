/**
 * One print job over a raw TCP port (9100). Own socket: the builder's transport destroys it after the write, which can lose
 * the whole job and still report success.
 */
import { createConnection } from 'node:net'
import type { DeviceFailure, SendOutcome } from '#main/host/ports.ts'

export type TcpTarget = {
  host: string
  port: number
  /** For the whole job: finding the printer, sending, and its closing of the connection. */
  deadlineMs: number
}

/** Never rejects. `not_sent` only while no byte was given to the system; after that a failure is `unknown`. */
export function sendTcp({ host, port, deadlineMs }: TcpTarget, bytes: Uint8Array): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port })
    let handedToSystem = false
    let error: NodeJS.ErrnoException | null = null
    let late = false

    const deadline = setTimeout(() => {
      late = true
      socket.destroy()
    }, deadlineMs)

    // Status bytes are read and dropped: unread input would turn an orderly close into a reset.
    socket.resume()
    socket.once('connect', () => {
      handedToSystem = true
      socket.end(bytes)
    })
    socket.on('error', (cause) => {
      error = cause
    })
    socket.once('close', () => {
      clearTimeout(deadline)
      resolve(outcome())
    })

    function outcome(): SendOutcome {
      if (!handedToSystem) return { kind: 'not_sent', ...whyNotConnected(error, deadlineMs) }
      if (late) return { kind: 'unknown', code: 'PRINTER_TIMEOUT', detail: `not closed within ${deadlineMs} ms` }
      if (error) return { kind: 'unknown', code: 'PRINTER_CUT_OFF', detail: error.message }
      return { kind: 'handed_over' }
    }
  })
}

function whyNotConnected(
  error: NodeJS.ErrnoException | null,
  deadlineMs: number,
): { code: DeviceFailure; detail: string } {
  if (error?.code === 'ECONNREFUSED') return { code: 'PRINTER_REFUSED', detail: error.message }
  return { code: 'PRINTER_UNREACHABLE', detail: error?.message ?? `no answer within ${deadlineMs} ms` }
}
