/** Sends a sample paper to the printer of a draft, once, and says how that went. It is no print job: nothing is kept. */
import type { MethodOutput } from '#contract/desk-api.ts'
import type { Papers } from '#contract/papers.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import { hintsFor } from '#main/host/set-up/hints.ts'

/** Whoever stands at the printer does not wait longer for a paper that may be out. */
const PATIENCE_MS = 15_000

export async function tryPrinter(
  profile: PrinterProfile,
  transport: PrinterTransport,
  document: PrintDocument,
  papers: Papers,
): Promise<MethodOutput<'devices.tryPrinter'>> {
  let told: PrinterCondition | null = null
  const outcome = await transport.send(renderDocument(document, profile.width, papers), {
    tell: (condition) => {
      told = condition
    },
    closing: AbortSignal.timeout(PATIENCE_MS),
  })
  const failure = outcome.kind === 'not_sent' || outcome.kind === 'unknown' ? outcome : null
  const code = failure?.code ?? null
  return {
    kind: outcome.kind,
    code,
    detail: failure?.detail ?? null,
    hints:
      outcome.kind === 'confirmed'
        ? []
        : hintsFor({ code, isNetwork: profile.transport.kind === 'tcp', heardSomething: told !== null }),
    paperLow: (told as PrinterCondition | null)?.paperLow ?? null,
  }
}
