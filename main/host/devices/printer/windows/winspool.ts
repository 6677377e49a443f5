/**
 * What is used of the print spooler of Windows (winspool.drv). Names and meanings: Microsoft, "Print Spooler API Functions".
 * Every call waits inside Windows for as long as the spooler, a driver or a print server likes: callers need a deadline.
 * A call that Windows refuses rejects with a WinspoolError.
 */
import type { Deadline } from '#main/host/devices/printer/windows/deadline.ts'

export type PrinterHandle = bigint

export type QueueState = {
  /** PRINTER_INFO_2: what the queue is set to. */
  attributes: number
  /** PRINTER_INFO_2: what the printer says of itself, or said when it was last spoken to. */
  status: number
  /** Jobs that wait or print. */
  jobs: number
}

export type JobState = {
  status: number
  /** Words of the driver, which count more than the bits. */
  statusText: string | null
}

export type QueueListing = {
  /** As OpenPrinter wants it: `STRUK`, or `\\server\STRUK` for a connection to another computer's printer. */
  name: string
  /** Not told for connections: to ask them would wait for every server that is switched off. */
  driver: string | null
  port: string | null
}

export type Winspool = {
  openPrinter(name: string): Promise<PrinterHandle>
  closePrinter(printer: PrinterHandle): Promise<void>
  /** DRIVER_INFO_8. */
  driver(printer: PrinterHandle): Promise<{ version: number; attributes: number }>
  queue(printer: PrinterHandle): Promise<QueueState>
  /** Gives the number of the new job. */
  startDoc(printer: PrinterHandle, document: string, datatype: string): Promise<number>
  startPage(printer: PrinterHandle): Promise<void>
  /** Gives how many bytes the spooler took, which may be fewer. */
  write(printer: PrinterHandle, bytes: Uint8Array): Promise<number>
  endPage(printer: PrinterHandle): Promise<void>
  endDoc(printer: PrinterHandle): Promise<void>
  job(printer: PrinterHandle, job: number): Promise<JobState>
  deleteJob(printer: PrinterHandle, job: number): Promise<void>
  /** Local queues and the user's connections. */
  list(): Promise<QueueListing[]>
  /** Null: the user has none. */
  defaultPrinter(): Promise<string | null>
}

/** Everything that is asked of the spooler goes through its one deadline. */
export type Spooler = { load(): Promise<Winspool>; within: Deadline }

/** Microsoft, "System Error Codes"; RPC ones included. */
export const WIN32 = {
  FILE_NOT_FOUND: 2,
  ACCESS_DENIED: 5,
  INVALID_PARAMETER: 87,
  DISK_FULL: 112,
  INSUFFICIENT_BUFFER: 122,
  RPC_SERVER_UNAVAILABLE: 1722,
  RPC_CALL_FAILED: 1726,
  RPC_CALL_FAILED_DNE: 1727,
  UNKNOWN_PRINTER_DRIVER: 1797,
  INVALID_PRINTER_NAME: 1801,
  INVALID_DATATYPE: 1804,
  PRINTER_DELETED: 1905,
} as const

export class WinspoolError extends Error {
  /** GetLastError() of the call. */
  readonly number: number

  constructor(call: string, number: number) {
    super(`${call} failed: Windows error ${number}`)
    this.number = number
  }
}
