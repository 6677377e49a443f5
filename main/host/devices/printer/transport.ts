/** How the worker reaches its printer, whatever lies between them. */
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import type { DeviceFailure, SendOutcome } from '#main/host/ports.ts'

export type SendAttendance = {
  /** What the printer says of itself before, during and after the job. */
  tell(condition: PrinterCondition): void
  /** Aborted when the desk closes: a job that waits in the printer for paper is no longer waited for. */
  closing: AbortSignal
}

export type CheckResult =
  | { kind: 'condition'; condition: PrinterCondition }
  /** It does not answer although it once did, or is out of reach. */
  | { kind: 'fault'; code: DeviceFailure; detail: string }
  /** It is not one that answers. */
  | { kind: 'silent' }

export type PrinterTransport = {
  /** One job, once. Never rejects. `not_sent` only when not one byte of it left. */
  send(bytes: Uint8Array, attendance: SendAttendance): Promise<SendOutcome>
  /** Asks the printer how it is, without a job. Never rejects. */
  check(): Promise<CheckResult>
  /** Where the printer is now, when that may be another place than in its set-up. */
  where?(): string
}
