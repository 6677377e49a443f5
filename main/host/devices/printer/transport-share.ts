/**
 * A printer that Windows shares, by its path `\\localhost\STRUK`: the last resort where the spooler cannot be used. What is
 * written becomes a job, and Windows prints what it has got when the file is closed, also when that is not all. The path has
 * no third part, so opening it for writing creates no file: a share that is a folder refuses.
 */
import { open as openFile } from 'node:fs/promises'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import { createDeadline, LateCall } from '#main/host/devices/printer/windows/deadline.ts'
import type { DeviceFailure } from '#main/host/ports.ts'

export type ShareTarget = {
  path: string
  /** For the whole job. */
  deadlineMs: number
  platform?: NodeJS.Platform
  open?(path: string, flags: 'w'): Promise<ShareFile>
}

export type ShareFile = {
  write(bytes: Uint8Array): Promise<{ bytesWritten: number }>
  close(): Promise<void>
}

type Course = {
  /** Bytes may have left. */
  leaving: boolean
  /** The outcome was told: nothing more is written. */
  abandoned: boolean
}

export function createShareTransport(target: ShareTarget): PrinterTransport {
  const { path, deadlineMs, platform = process.platform, open = openFile } = target
  const within = createDeadline()

  async function write(bytes: Uint8Array, course: Course): Promise<void> {
    const file = await open(path, 'w')
    try {
      for (let taken = 0; taken < bytes.length; ) {
        if (course.abandoned) throw new LateCall('the deadline has passed')
        course.leaving = true
        const { bytesWritten } = await file.write(bytes.subarray(taken))
        if (bytesWritten < 1) throw new Error(`${taken} of ${bytes.length} bytes taken`)
        taken += bytesWritten
      }
    } catch (error) {
      await file.close().catch(() => {})
      throw error
    }
    await file.close()
  }

  return {
    async send(bytes) {
      if (platform !== 'win32') {
        return { kind: 'not_sent', code: 'PRINTER_SETUP_WRONG', detail: `${path} can be opened by Windows only` }
      }
      const course: Course = { leaving: false, abandoned: false }
      try {
        await within(deadlineMs, () => write(bytes, course))
        return { kind: 'handed_over' }
      } catch (error) {
        course.abandoned = true
        return { kind: course.leaving ? 'unknown' : 'not_sent', code: codeOf(error, course), detail: String(error) }
      }
    },
    check: async () => ({ kind: 'silent' }),
  }
}

function codeOf(error: unknown, { leaving }: Course): DeviceFailure {
  if (error instanceof LateCall) return 'PRINTER_TIMEOUT'
  if (leaving) return 'PRINTER_CUT_OFF'
  const { code = '' } = error as NodeJS.ErrnoException
  return ['EACCES', 'EPERM', 'EISDIR'].includes(code) ? 'PRINTER_REFUSED' : 'PRINTER_UNREACHABLE'
}
