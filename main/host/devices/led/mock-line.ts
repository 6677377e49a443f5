/**
 * A serial line without hardware: serialport's own mock binding, with a hold on the far end. The display of the
 * mall-in-a-laptop hangs on it, and the demo where no pseudo terminals can be made.
 */
import { randomUUID } from 'node:crypto'
import type { SerialPortMock } from 'serialport'
import { lineOver, type SerialLine } from '#main/host/devices/led/serial-line.ts'
import type { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'

export type MockLinePair = {
  /** For createLed: a new line to the same far end. */
  connect(): SerialLine
  /** The cable is pulled and put back: the current connection is lost, the next one works. */
  unplug(): void
}

/** `onReceived` gets what arrived at the far end, write by write. */
export function createMockLinePair(settings: SerialSettings, onReceived: (bytes: Uint8Array) => void): MockLinePair {
  const path = `mock-${randomUUID()}`
  let current: SerialPortMock | null = null

  async function newPort(): Promise<SerialPortMock> {
    // Loaded on first use: a counter with a real display never loads the mock.
    const { SerialPortMock } = await import('serialport')
    SerialPortMock.binding.createPort(path)
    current = new SerialPortMock({ path, ...settings, autoOpen: false })
    return current
  }

  return {
    connect() {
      const line = lineOver(newPort, { settings })
      return {
        ...line,
        // Nobody at the far end answers, so no reply is waited for.
        async write({ bytes }) {
          await line.write({ bytes })
          const arrived = current?.port?.lastWrite
          if (arrived) onReceived(arrived)
        },
      }
    },
    unplug() {
      if (current?.isOpen) current.close()
    },
  }
}
