/** Listens on a serial port without saying anything: for finding out what a cable carries. */
import { createSerialPortLine, SerialLineError } from '#main/host/devices/led/serial-line.ts'
import type { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'
import type { DeviceFailure } from '#main/host/ports.ts'

export type EarFault = { code: DeviceFailure; detail: string }

/** Resolves with null when `end` is aborted, and with what went wrong when the port cannot be opened or is lost. */
export async function openEar(
  path: string,
  settings: SerialSettings,
  end: AbortSignal,
  onBytes: (bytes: Uint8Array) => void,
): Promise<EarFault | null> {
  const line = createSerialPortLine({ find: async () => path }, { settings, onTraffic: (_, bytes) => onBytes(bytes) })
  const over = new Promise<EarFault | null>((resolve) => {
    line.onLost(({ code, message }) => resolve({ code, detail: message }))
    end.addEventListener('abort', () => resolve(null))
    if (end.aborted) resolve(null)
  })
  try {
    await line.open()
    return await over
  } catch (error) {
    if (error instanceof SerialLineError) return { code: error.code, detail: error.message }
    throw error
  } finally {
    await line.close()
  }
}
