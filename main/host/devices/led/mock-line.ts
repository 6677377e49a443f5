/** A serial line without hardware and without ptys: serialport's own mock, with a hold on the far end. */
import { randomUUID } from 'node:crypto'
import { SerialPortMock } from 'serialport'
import type { SerialSettings } from '#main/host/devices/led/driver.ts'
import { lineOver, type SerialLine } from '#main/host/devices/led/serial-line.ts'

export type MockLinePair = {
  /** For createLed: a new line to the same far end. */
  connect(): SerialLine
  /** Everything the far end got so far, over all connections. */
  received(): Uint8Array
  /** The cable is pulled and put back: the current connection is lost, the next one works. */
  unplug(): void
}

export function createMockLinePair(settings: SerialSettings): MockLinePair {
  const path = `mock-${randomUUID()}`
  SerialPortMock.binding.createPort(path, { record: true })
  const ports: SerialPortMock[] = []

  return {
    connect() {
      const newPort = async () => {
        const port = new SerialPortMock({ path, ...settings, autoOpen: false })
        ports.push(port)
        return port
      }
      return lineOver(newPort, { path, settings })
    },
    received: () => Buffer.concat(ports.map((port) => port.port?.recording ?? Buffer.alloc(0))),
    unplug() {
      const current = ports.at(-1)
      if (current?.isOpen) current.close()
    },
  }
}
