/** The serial ports of this PC, as far as the operating system tells. */
import { sharedWork } from '#main/host/devices/shared-work.ts'

export type SerialPortInfo = {
  /** COM3, /dev/ttyUSB0 */
  path: string
  maker: string | null
  serialNumber: string | null
  pnpId: string | null
  /** Hexadecimal, in the operating system's own case. */
  vendorId: string | null
  productId: string | null
}

/** `problem` when they could not be listed (Linux without udevadm, for one); ports may be there all the same. */
export type SerialPortList = {
  ports: SerialPortInfo[]
  problem: { code: 'SERIAL_LIST_FAILED'; detail: string } | null
}

/** A list that takes longer helps nobody who waits for a connection. */
const LIST_WAIT_MS = 5000

/** Never rejects. Pseudo terminals are never among them. */
export async function listSerialPorts(): Promise<SerialPortList> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no list within ${LIST_WAIT_MS} ms`)), LIST_WAIT_MS)
  })
  try {
    return { ports: await Promise.race([listed(), tooLate]), problem: null }
  } catch (error) {
    return { ports: [], problem: { code: 'SERIAL_LIST_FAILED', detail: String(error) } }
  } finally {
    clearTimeout(timer)
  }
}

/** A list that does not come back holds a thread of the host: at most one is asked for at a time. */
const listed = sharedWork(async (): Promise<SerialPortInfo[]> => {
  // Loaded on first use: a counter without a serial device never loads the native module.
  const { SerialPort } = await import('serialport')
  const ports = await SerialPort.list()
  return ports.map(({ path, manufacturer, serialNumber, pnpId, vendorId, productId }) => ({
    path,
    maker: manufacturer ?? null,
    serialNumber: serialNumber ?? null,
    pnpId: pnpId ?? null,
    vendorId: vendorId ?? null,
    productId: productId ?? null,
  }))
})
