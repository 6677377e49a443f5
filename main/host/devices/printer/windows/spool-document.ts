/** One document into an open queue: all of it, or none that is left behind when that can be helped. */
import { holdsJobsUntilTheirEnd } from '#main/host/devices/printer/windows/spooler-condition.ts'
import { OddSpooler } from '#main/host/devices/printer/windows/spooler-fault.ts'
import type { PrinterHandle, QueueState, Winspool } from '#main/host/devices/printer/windows/winspool.ts'

export type OpenQueue = { winspool: Winspool; printer: PrinterHandle }

/** How far a document has come. Whoever waits for it reads this while a late call is still inside Windows. */
export type Course = {
  job: number | null
  /** WritePrinter was called: bytes may have left even if it failed. */
  leaving: boolean
  /** The job was deleted before Windows can have sent any of it. */
  takenBack: boolean
  /** Set by whoever waits no longer: nothing more is given to Windows, and the job is deleted. */
  abandoned: boolean
}

const DOCUMENT = 'Loket'
/** DRIVER_INFO_8, dwPrinterDriverAttributes. */
const PRINTER_DRIVER_XPS = 0x2

/** Gives the number of the job when the spooler has the whole of it. What fails rejects, after the job was deleted. */
export async function spoolDocument(
  queue: OpenQueue,
  before: QueueState,
  bytes: Uint8Array,
  course: Course,
): Promise<number> {
  const { winspool, printer } = queue
  try {
    return await spool(queue, bytes, course)
  } catch (error) {
    if (course.job !== null) {
      const deleted = await winspool.deleteJob(printer, course.job).then(
        () => true,
        () => false,
      )
      course.takenBack = deleted && holdsJobsUntilTheirEnd(before)
    }
    throw error
  }
}

async function spool({ winspool, printer }: OpenQueue, bytes: Uint8Array, course: Course): Promise<number> {
  const { version, attributes } = await winspool.driver(printer)
  requireWanted(course)
  // Drivers of version 4 and other XPS drivers make nothing of RAW (Microsoft, support article 2779300).
  const isXps = version >= 4 || (attributes & PRINTER_DRIVER_XPS) !== 0
  const job = await winspool.startDoc(printer, DOCUMENT, isXps ? 'XPS_PASS' : 'RAW')
  course.job = job
  requireWanted(course)
  if (!isXps) await winspool.startPage(printer)
  for (let taken = 0; taken < bytes.length; ) {
    requireWanted(course)
    course.leaving = true
    const rest = bytes.subarray(taken)
    const now = await winspool.write(printer, rest)
    if (now < 1 || now > rest.length) throw new OddSpooler(`took ${now} of ${rest.length} bytes`)
    taken += now
  }
  requireWanted(course)
  if (!isXps) await winspool.endPage(printer)
  requireWanted(course)
  await winspool.endDoc(printer)
  requireWanted(course)
  return job
}

function requireWanted({ abandoned }: Course): void {
  if (abandoned) throw new OddSpooler('its deadline has passed')
}
