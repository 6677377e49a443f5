/**
 * A printer that the system shows as a device file (/dev/usb/lp0 of Linux). Opened only when it is there and is a character
 * device: a file that is created by writing to a path would swallow every job and report success.
 */
import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import type { DeviceFailure, SendOutcome } from '#main/host/ports.ts'

export type DeviceFileTarget = {
  path: string
  /** For the whole job. */
  deadlineMs: number
}

/** Between two attempts to give bytes to a printer whose buffer is full. */
const FULL_MS = 20

/** Small pieces, so that what was taken is known at every moment. */
const PIECE_BYTES = 4096

export function createDeviceFileTransport(target: DeviceFileTarget): PrinterTransport {
  return {
    send: (bytes) => sendToDevice(target, bytes),
    check: async () => ({ kind: 'silent' }),
  }
}

async function sendToDevice({ path, deadlineMs }: DeviceFileTarget, bytes: Uint8Array): Promise<SendOutcome> {
  const deadline = performance.now() + deadlineMs
  let file: FileHandle | null = null
  let taken = 0
  try {
    requireCharacterDevice(await stat(path), path)
    // Not blocking: a write to a printer without paper would hold one of the few threads until somebody refills it.
    file = await open(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
    requireCharacterDevice(await file.stat(), path)
    while (taken < bytes.length) {
      const length = Math.min(PIECE_BYTES, bytes.length - taken)
      const now = await takenNow(file, bytes.subarray(taken, taken + length))
      taken += now
      if (now > 0) continue
      if (performance.now() > deadline)
        throw new DeviceFault('PRINTER_TIMEOUT', `${taken} of ${bytes.length} bytes taken`)
      await delay(FULL_MS)
    }
    return { kind: 'handed_over' }
  } catch (error) {
    return { kind: taken === 0 ? 'not_sent' : 'unknown', ...explain(error, taken) }
  } finally {
    await file?.close().catch(() => {})
  }
}

class DeviceFault extends Error {
  readonly code: DeviceFailure

  constructor(code: DeviceFailure, detail: string) {
    super(detail)
    this.code = code
  }
}

function requireCharacterDevice(stats: Stats, path: string): void {
  if (!stats.isCharacterDevice()) throw new DeviceFault('PRINTER_SETUP_WRONG', `${path} is not a character device`)
}

/** 0 when its buffer is full. */
async function takenNow(file: FileHandle, bytes: Uint8Array): Promise<number> {
  try {
    return (await file.write(bytes)).bytesWritten
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
    throw error
  }
}

function explain(error: unknown, taken: number): { code: DeviceFailure; detail: string } {
  if (error instanceof DeviceFault) return { code: error.code, detail: error.message }
  const detail = String(error)
  if (taken > 0) return { code: 'PRINTER_CUT_OFF', detail }
  const { code } = error as NodeJS.ErrnoException
  return { code: code === 'EBUSY' || code === 'EACCES' ? 'PRINTER_PORT_BUSY' : 'PRINTER_UNREACHABLE', detail }
}
