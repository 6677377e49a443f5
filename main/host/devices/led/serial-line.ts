/**
 * One connection over a serial port, made to be thrown away: after a loss or a failed write a new line is created, because
 * a SerialPort object does not recover (measured with serialport 13).
 */
import type { SerialPort, SerialPortMock } from 'serialport'
import type { Frame } from '#main/host/devices/led/driver.ts'
import { createEar } from '#main/host/devices/led/serial-ear.ts'
import { CLOSE_WAIT_MS, openPort } from '#main/host/devices/serial/open-port.ts'
import { type PortProblem, portProblem } from '#main/host/devices/serial/port-error.ts'
import type { PortFinder } from '#main/host/devices/serial/port-finder.ts'
import type { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'
import type { DeviceFailure } from '#main/host/ports.ts'

export type SerialLine = {
  /** Rejects with a SerialLineError. */
  open(): Promise<void>
  /**
   * Resolves when the bytes have had time to leave at the line's speed and the reply, if one is wanted, has come; what comes
   * before or around it is ignored. After a SerialLineError only close() is left.
   */
  write(frame: Pick<Frame, 'bytes' | 'reply'>): Promise<void>
  /** Never rejects; closing what is closed is fine. */
  close(): Promise<void>
  /** Called at most once, and not for a close that was asked for. */
  onLost(listener: (error: SerialLineError) => void): void
}

export class SerialLineError extends Error {
  readonly code: DeviceFailure

  constructor(code: DeviceFailure, detail: string) {
    super(detail)
    this.code = code
  }
}

export type AnyPort = SerialPort | SerialPortMock

/** A LED frame is under 100 bytes, 0.1 s at 9600 baud: two seconds mean that the other side takes nothing. */
const WRITE_DEADLINE_MS = 2000
const OPEN_DEADLINE_MS = 5000

export type SerialLineOptions = {
  settings: SerialSettings
  writeDeadlineMs?: number
  openDeadlineMs?: number
  onTraffic?(direction: 'sent' | 'heard', bytes: Uint8Array): void
}

export function createSerialPortLine({ find }: Pick<PortFinder, 'find'>, options: SerialLineOptions): SerialLine {
  const newPort = async () => {
    const path = await find()
    // Loaded on first use: a counter without a display never loads the native module.
    const { SerialPort } = await import('serialport')
    return new SerialPort({ path, ...options.settings, autoOpen: false })
  }
  return lineOver(newPort, options)
}

/** The line over any kind of serialport object, which must not be open yet. */
export function lineOver(newPort: () => Promise<AnyPort>, options: SerialLineOptions): SerialLine {
  const { settings, writeDeadlineMs = WRITE_DEADLINE_MS, openDeadlineMs = OPEN_DEADLINE_MS, onTraffic } = options
  const ear = createEar()
  let port: AnyPort | null = null
  let closing = false
  let tellLost: ((error: SerialLineError) => void) | null = null

  function lost(reason: string): void {
    if (closing) return
    closing = true
    tellLost?.(new SerialLineError('LED_PORT_MISSING', reason))
  }

  async function close(): Promise<void> {
    closing = true
    const open = port?.isOpen ? port : null
    if (!open) return
    // A close error leaves nothing to do: the object is dropped either way.
    await new Promise<void>((resolve) => {
      const waited = setTimeout(resolve, CLOSE_WAIT_MS)
      open.close(() => {
        clearTimeout(waited)
        resolve()
      })
    })
  }

  return {
    async open() {
      const opening = await newPort().catch((error: unknown) => {
        throw openFailure(error)
      })
      port = opening
      // Without an error listener a close during a blocked write ends the process.
      opening.on('error', (error) => lost(error.message))
      opening.on('close', (error: Error | null) => lost(error?.message ?? 'closed'))
      // An unplug is noticed only by a stream that reads.
      opening.on('data', (bytes: Uint8Array) => {
        ear.hear(bytes)
        onTraffic?.('heard', bytes)
      })
      await openPort(opening, openDeadlineMs).catch((error: unknown) => {
        throw openFailure(error)
      })
      if (!closing) return
      await close()
      throw new SerialLineError('LED_PORT_MISSING', 'closed while opening')
    },

    async write({ bytes, reply }) {
      // A display may answer before the last byte is known to have left.
      const answer = reply && ear.listenFor(reply.bytes)
      await send(bytes)
      if (reply && answer && !(await answer.within(reply.timeoutMs))) {
        throw new SerialLineError('LED_NO_REPLY', `no ${hexOf(reply.bytes)} within ${reply.timeoutMs} ms`)
      }
    },

    close,

    onLost(listener) {
      tellLost = listener
    },
  }

  function send(bytes: Uint8Array): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      if (!port?.isOpen) {
        reject(new SerialLineError('LED_WRITE_FAILED', 'port is not open'))
        return
      }
      const deadline = setTimeout(() => {
        reject(new SerialLineError('LED_SILENT', `no bytes taken within ${writeDeadlineMs} ms`))
      }, writeDeadlineMs)
      onTraffic?.('sent', bytes)
      port.write(Buffer.from(bytes), (error) => {
        clearTimeout(deadline)
        if (error) reject(new SerialLineError('LED_WRITE_FAILED', error.message))
        // Not drain(): tcdrain() holds a libuv thread for as long as the other side blocks, and close() cannot free it.
        else setTimeout(resolve, wireTimeMs(bytes.length, settings))
      })
    })
  }
}

/** Start bit, data bits, parity bit, stop bits. */
function wireTimeMs(bytes: number, settings: SerialSettings): number {
  const bitsPerByte = 1 + settings.dataBits + (settings.parity === 'none' ? 0 : 1) + settings.stopBits
  return Math.ceil((bytes * bitsPerByte * 1000) / settings.baudRate)
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

const OPEN_FAILURES: Readonly<Record<PortProblem, DeviceFailure>> = {
  missing: 'LED_PORT_MISSING',
  busy: 'LED_PORT_BUSY',
  ambiguous: 'LED_PORT_AMBIGUOUS',
}

function openFailure(error: unknown): SerialLineError {
  return new SerialLineError(OPEN_FAILURES[portProblem(error)], error instanceof Error ? error.message : String(error))
}
