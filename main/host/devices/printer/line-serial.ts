/**
 * A line over a serial port, by a new SerialPort object each time: one that failed does not recover (measured with
 * serialport 13).
 */
import type { SerialPort } from 'serialport'
import { LineFault, type PrinterLine } from '#main/host/devices/printer/line.ts'
import type { SerialTarget } from '#main/host/devices/printer/printer-profile.ts'
import { CLOSE_WAIT_MS, openPort } from '#main/host/devices/serial/open-port.ts'
import { type PortProblem, portProblem } from '#main/host/devices/serial/port-error.ts'
import type { PortFinder } from '#main/host/devices/serial/port-finder.ts'
import type { DeviceFailure } from '#main/host/ports.ts'

/** Rejects with a LineFault: PRINTER_PORT_BUSY, PRINTER_PORT_AMBIGUOUS, or PRINTER_UNREACHABLE for a port that is not there. */
export async function openSerialLine(
  { find }: Pick<PortFinder, 'find'>,
  { settings, flow }: SerialTarget,
  withinMs: number,
): Promise<PrinterLine> {
  const port = await newPort()
  let closing = false
  let ending: Promise<void> | null = null
  const over = new Promise<LineFault>((done) => {
    const broken = (error: Error | null) => {
      if (!closing) done(new LineFault('PRINTER_CUT_OFF', error?.message ?? 'port closed'))
    }
    // Without an error listener a close during a blocked write ends the process.
    port.on('error', broken)
    port.on('close', broken)
  })
  // An unplug is noticed only by a stream that reads.
  port.resume()
  await openPort(port, withinMs).catch((error: unknown) => {
    throw openFault(error)
  })
  // An answer to an earlier question must not be taken for one to the next.
  await call((done) => port.flush(done)).catch(async (error: unknown) => {
    await end(false)
    throw error
  })

  async function newPort(): Promise<SerialPort> {
    try {
      const path = await find()
      // Loaded on first use: a counter without a serial device never loads the native module.
      const { SerialPort } = await import('serialport')
      const flowControl = { rtscts: flow === 'rts-cts', xon: flow === 'xon-xoff', xoff: flow === 'xon-xoff' }
      return new SerialPort({ path, ...settings, ...flowControl, autoOpen: false })
    } catch (error) {
      throw openFault(error)
    }
  }

  function end(discard: boolean): Promise<void> {
    ending ??= close(discard)
    return ending
  }

  /** A close error leaves nothing to do: the object is dropped either way. */
  function close(discard: boolean): Promise<void> {
    closing = true
    return new Promise((resolve) => {
      const closeNow = () => port.close(() => resolve())
      setTimeout(resolve, CLOSE_WAIT_MS).unref()
      // Discarding also frees the thread that waits in tcdrain() for a printer that takes nothing, and without it the rest of
      // a job that was given up would come out later.
      if (!port.isOpen) resolve()
      else if (discard) port.flush(closeNow)
      else closeNow()
    })
  }

  return {
    over,
    write: (bytes) => call((done) => port.write(Buffer.from(bytes), done)),
    onBytes: (listener) => void port.on('data', listener),
    async finish() {
      const broken = over.then((fault) => {
        throw fault
      })
      await Promise.race([broken, call((done) => port.drain(done))])
      await end(false)
    },
    drop: () => end(true),
  }
}

/** One call with an error-first callback as a promise that rejects with a LineFault. */
function call(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(new LineFault('PRINTER_CUT_OFF', error.message)) : resolve()))
  })
}

const OPEN_FAULTS: Readonly<Record<PortProblem, DeviceFailure>> = {
  missing: 'PRINTER_UNREACHABLE',
  busy: 'PRINTER_PORT_BUSY',
  ambiguous: 'PRINTER_PORT_AMBIGUOUS',
}

function openFault(error: unknown): LineFault {
  return new LineFault(OPEN_FAULTS[portProblem(error)], error instanceof Error ? error.message : String(error))
}
