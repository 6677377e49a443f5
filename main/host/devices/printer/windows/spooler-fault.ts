/** What a refused or unanswered spooler call means for whoever has to mend it. */
import { LateCall } from '#main/host/devices/printer/windows/deadline.ts'
import { WIN32, WinspoolError } from '#main/host/devices/printer/windows/winspool.ts'
import type { DeviceFailure } from '#main/host/ports.ts'

export type SpoolerFault = { code: DeviceFailure; detail: string }

/** The spooler answered, but not as it is documented. */
export class OddSpooler extends Error {}

const MEANINGS: ReadonlyMap<number, readonly [DeviceFailure, string]> = new Map([
  [WIN32.INVALID_PRINTER_NAME, ['PRINTER_SETUP_WRONG', 'no printer of this name on this computer for this user']],
  [WIN32.PRINTER_DELETED, ['PRINTER_SETUP_WRONG', 'the printer was removed from Windows']],
  [WIN32.UNKNOWN_PRINTER_DRIVER, ['PRINTER_SETUP_WRONG', 'the driver of the printer is missing: install it again']],
  [WIN32.INVALID_DATATYPE, ['PRINTER_SETUP_WRONG', 'the driver takes no raw bytes: use another driver']],
  [WIN32.ACCESS_DENIED, ['PRINTER_REFUSED', 'no right to print here: see the Security tab of the printer']],
  [WIN32.DISK_FULL, ['PRINTER_REFUSED', 'no room for the job on the disk of the spooler']],
  [
    WIN32.RPC_SERVER_UNAVAILABLE,
    ['PRINTER_UNREACHABLE', 'the Print Spooler service is stopped, or the print server off'],
  ],
  [WIN32.RPC_CALL_FAILED, ['PRINTER_UNREACHABLE', 'the Print Spooler service ended during the call']],
  [WIN32.RPC_CALL_FAILED_DNE, ['PRINTER_UNREACHABLE', 'the Print Spooler service did not take the call']],
])

/** What comes from neither Windows nor the deadline is a broken installation: the words are kept for the log. */
export function spoolerFault(error: unknown): SpoolerFault {
  if (error instanceof LateCall) return { code: 'PRINTER_TIMEOUT', detail: error.message }
  if (error instanceof OddSpooler) return { code: 'PRINTER_CUT_OFF', detail: error.message }
  if (!(error instanceof WinspoolError)) return { code: 'PRINTER_SETUP_WRONG', detail: String(error) }
  const [code, meaning] = MEANINGS.get(error.number) ?? ['PRINTER_UNREACHABLE', 'see "System Error Codes" of Microsoft']
  return { code, detail: `${error.message} (${meaning})` }
}
