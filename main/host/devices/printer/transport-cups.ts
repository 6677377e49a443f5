/** A print queue of CUPS, raw: our bytes reach the printer as they are. CUPS then prints when it can, once. */
import { spawn } from 'node:child_process'
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

type Ended = { exitCode: number | null; output: string; late: boolean }

async function sendToCups({ queue, deadlineMs, command = 'lp' }: CupsTarget, bytes: Uint8Array): Promise<SendOutcome> {
  try {
    return outcomeOf(await run(command, ['-d', queue, '-o', 'raw', '-t', 'Loket'], bytes, deadlineMs))
  } catch (error) {
    // It did not start: nothing was read from us.
    return { kind: 'not_sent', code: 'PRINTER_SETUP_WRONG', detail: String(error) }
  }
}

/** Rejects when the program cannot be started. */
function run(command: string, args: string[], input: Uint8Array, deadlineMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // Messages in English, whatever the system speaks: the job's number and the reason are read from them.
    const child = spawn(command, args, { env: { ...process.env, LC_ALL: 'C' }, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    let late = false
    const deadline = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, deadlineMs)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    // It may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.once('error', (error) => {
      clearTimeout(deadline)
      reject(error)
    })
    child.once('close', (exitCode) => {
      clearTimeout(deadline)
      resolve({ exitCode, output: output.trim(), late })
    })
  })
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
