/**
 * What the queue of a printer says of it. Bits: Microsoft, winspool.h (PRINTER_INFO_2 and JOB_INFO_1). These are hints: Windows
 * often learns of a printer only while it prints, and keeps the last word until it prints again.
 */
import type { PrinterBlock, PrinterCondition } from '#main/host/devices/printer/status.ts'
import type { JobState, QueueState } from '#main/host/devices/printer/windows/winspool.ts'

const PRINTER_STATUS = {
  PAUSED: 0x1,
  ERROR: 0x2,
  PAPER_JAM: 0x8,
  PAPER_OUT: 0x10,
  PAPER_PROBLEM: 0x40,
  OFFLINE: 0x80,
  NOT_AVAILABLE: 0x1000,
  USER_INTERVENTION: 0x10_0000,
  DOOR_OPEN: 0x40_0000,
} as const

/** "Use Printer Offline", which Windows also sets by itself when a USB printer is unplugged or switched off. */
const PRINTER_ATTRIBUTE_WORK_OFFLINE = 0x400
const PRINTER_ATTRIBUTE_QUEUED = 0x1
const PRINTER_ATTRIBUTE_DIRECT = 0x2

const JOB_STATUS = {
  PAUSED: 0x1,
  ERROR: 0x2,
  DELETING: 0x4,
  OFFLINE: 0x20,
  PAPEROUT: 0x40,
  PRINTED: 0x80,
  DELETED: 0x100,
  BLOCKED_DEVQ: 0x200,
  USER_INTERVENTION: 0x400,
  COMPLETE: 0x1000,
} as const

type Blocked = NonNullable<PrinterCondition['blocked']>

/** What a person mends first is named first. */
const PRINTER_BLOCKS: readonly [number, PrinterBlock][] = [
  [PRINTER_STATUS.DOOR_OPEN, 'PRINTER_COVER_OPEN'],
  [PRINTER_STATUS.PAPER_OUT, 'PRINTER_PAPER_OUT'],
  [
    PRINTER_STATUS.ERROR |
      PRINTER_STATUS.PAPER_JAM |
      PRINTER_STATUS.PAPER_PROBLEM |
      PRINTER_STATUS.OFFLINE |
      PRINTER_STATUS.NOT_AVAILABLE |
      PRINTER_STATUS.USER_INTERVENTION,
    'PRINTER_OFFLINE',
  ],
]

const JOB_BLOCKS: readonly [number, PrinterBlock][] = [
  [JOB_STATUS.PAPEROUT, 'PRINTER_PAPER_OUT'],
  [
    JOB_STATUS.PAUSED | JOB_STATUS.ERROR | JOB_STATUS.OFFLINE | JOB_STATUS.BLOCKED_DEVQ | JOB_STATUS.USER_INTERVENTION,
    'PRINTER_OFFLINE',
  ],
]

/**
 * A queue that somebody stopped is stopped. What the printer itself said is believed only while a job waits: without one the
 * word may be old, and nothing but the next job would renew it.
 */
export function queueBlock({ attributes, status, jobs }: QueueState): Blocked | null {
  const detail = `Windows queue: status ${hex(status)}, attributes ${hex(attributes)}, ${jobs} jobs`
  if (status & PRINTER_STATUS.PAUSED || attributes & PRINTER_ATTRIBUTE_WORK_OFFLINE) {
    return { code: 'PRINTER_OFFLINE', detail: `${detail}: paused or set to work offline` }
  }
  const block = jobs > 0 ? PRINTER_BLOCKS.find(([bits]) => status & bits) : undefined
  return block ? { code: block[1], detail } : null
}

export function jobBlock({ status, statusText }: JobState): Blocked | null {
  const block = JOB_BLOCKS.find(([bits]) => status & bits)
  const words = statusText === null ? '' : `, "${statusText}"`
  return block ? { code: block[1], detail: `Windows job: status ${hex(status)}${words}` } : null
}

/**
 * Whether the spooler has nothing more to do for it. No proof of paper: a port without end-of-job reports calls a job printed
 * as soon as it was sent (JOB_INFO_1, Remarks).
 */
export function hasLeftWindows({ status }: JobState): boolean {
  return (status & (JOB_STATUS.PRINTED | JOB_STATUS.COMPLETE | JOB_STATUS.DELETING | JOB_STATUS.DELETED)) !== 0
}

/** Whether nothing of a job reaches the printer before its end is told: "start printing after last page is spooled". */
export function holdsJobsUntilTheirEnd({ attributes }: QueueState): boolean {
  return (attributes & PRINTER_ATTRIBUTE_QUEUED) !== 0 && (attributes & PRINTER_ATTRIBUTE_DIRECT) === 0
}

function hex(bits: number): string {
  return `0x${bits.toString(16)}`
}
