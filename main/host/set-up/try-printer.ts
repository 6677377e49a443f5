/** Sends a sample paper to the printer of a draft, once, and says how that went. It is no print job: nothing is kept. */
import type { MethodOutput } from '#contract/desk-api.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import type { SendOutcome } from '#main/host/ports.ts'
import { hintsFor } from '#main/host/set-up/hints.ts'

export type PrinterOutcome = MethodOutput<'devices.tryPrinter'>

/** Whoever stands at the printer does not wait longer for a paper that may be out. */
const PATIENCE_MS = 12_000
/** A screen gives up soon after: by then it is told that nobody knows. */
const ANSWER_MS = 16_000

const LATE: SendOutcome = { kind: 'unknown', code: 'PRINTER_TIMEOUT', detail: `no end within ${ANSWER_MS} ms` }

/** Answers once, in time for a screen; resolves when the printer is free again, which may be later. */
export async function tryPrinter(
  { transport: { kind } }: PrinterProfile,
  transport: PrinterTransport,
  bytes: Uint8Array,
  answer: (outcome: PrinterOutcome) => void,
  cut: AbortSignal,
): Promise<void> {
  let told: PrinterCondition | null = null
  const tell = (outcome: SendOutcome) => answer(printerOutcome(outcome, told, kind))
  const late = setTimeout(() => tell(LATE), ANSWER_MS)
  const outcome = await transport.send(bytes, {
    tell: (condition) => {
      told = condition
    },
    closing: AbortSignal.any([cut, AbortSignal.timeout(PATIENCE_MS)]),
  })
  clearTimeout(late)
  tell(outcome)
}

function printerOutcome(
  outcome: SendOutcome,
  told: PrinterCondition | null,
  kind: PrinterProfile['transport']['kind'],
): PrinterOutcome {
  const failure = outcome.kind === 'not_sent' || outcome.kind === 'unknown' ? outcome : null
  const code = failure?.code ?? null
  const hints = outcome.kind === 'confirmed' ? [] : hintsFor({ code, kind, heardSomething: told !== null })
  return { kind: outcome.kind, code, detail: failure?.detail ?? null, hints, paperLow: told?.paperLow ?? null }
}
