/** Opening a serial port, which may take a minute: a Bluetooth port waits for its other side. */
import type { SerialPort, SerialPortMock } from 'serialport'
import { PortError } from '#main/host/devices/serial/port-error.ts'

/** A port of which the close does not come back is left to itself. */
export const CLOSE_WAIT_MS = 1000

/** Rejects with the system's error, or with a PortError when the time is over; a port that opens too late is closed again. */
export function openPort(port: SerialPort | SerialPortMock, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let late = false
    const deadline = setTimeout(() => {
      late = true
      reject(new PortError('missing', `not open within ${withinMs} ms`))
    }, withinMs)
    port.open((error) => {
      clearTimeout(deadline)
      if (late && !error) port.close(() => {})
      else if (error) reject(error)
      else resolve()
    })
  })
}
