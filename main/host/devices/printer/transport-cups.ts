/** A print queue of CUPS, raw: our bytes reach the printer as they are. CUPS then prints when it can, once. */
import { type Ended, runProgram } from '#main/host/devices/printer/run-program.ts'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import type { DeviceFailure, SendOutcome } from '#main/host/ports.ts'

export type CupsTarget = {
  /** Name of the queue, as `lpstat -e` lists it. */
  queue: string
  deadlineMs: number
  /** The program that hands jobs to CUPS; on the path unless a test says otherwise. */
  command?: string
}

export function createCupsTransport(target: CupsTarget): PrinterTransport {
  return {
    send: (bytes) => sendToCups(target, bytes),
    check: async () => ({ kind: 'silent' }),
  }
}

async function sendToCups({ queue, deadlineMs, command = 'lp' }: CupsTarget, bytes: Uint8Array): Promise<SendOutcome> {
  try {
    return outcomeOf(await runProgram(command, ['-d', queue, '-o', 'raw', '-t', 'Loket'], bytes, deadlineMs))
  } catch (error) {
    // It did not start: nothing was read from us.
    return { kind: 'not_sent', code: 'PRINTER_SETUP_WRONG', detail: String(error) }
  }
}

/**
 * Words of CUPS (systemv/lp.c and the scheduler) for a job that was never created. Any other end may have left one behind.
 */
const REFUSALS: readonly [RegExp, DeviceFailure][] = [
  [/printer or class does not exist/i, 'PRINTER_SETUP_WRONG'],
  [/not accepting jobs/i, 'PRINTER_REFUSED'],
  [/scheduler not responding|unable to connect|connection refused/i, 'PRINTER_UNREACHABLE'],
]

function outcomeOf({ exitCode, output, late }: Ended): SendOutcome {
  // "request id is STRUK-12 (0 file(s))": the job is in the spool.
  if (exitCode === 0 && /request id is \S+-\d+/.test(output)) return { kind: 'handed_over' }
  if (late) return { kind: 'unknown', code: 'PRINTER_TIMEOUT', detail: output }
  const refusal = exitCode === 0 ? undefined : REFUSALS.find(([words]) => words.test(output))
  if (refusal) return { kind: 'not_sent', code: refusal[1], detail: output }
  return { kind: 'unknown', code: 'PRINTER_CUT_OFF', detail: `lp ended with ${exitCode}: ${output}` }
}
