/** An officer answers "Apakah struk keluar?", or asks for a failed print again. A second print is marked SALINAN. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { PrintJobTable } from '#db/schema.ts'
import type { HostContext } from '#main/host/context.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import { addPrintJob } from '#main/host/printing/print-queue.ts'
import { afterCommit } from '#main/host/run-command.ts'

/** Most printers do not say whether paper came out: of what went to them whole a person may still say that none did. */
function mayAnswer({ state, settled }: Pick<PrintJobTable, 'state' | 'settled'>, cameOut: boolean): boolean {
  if (settled === 1) return false
  if (state === 'unknown' || state === 'failed') return true
  return !cameOut && (state === 'handed_over' || state === 'confirmed')
}

export function settlePrint(context: HostContext, { jobId, cameOut }: MethodInput<'print.settle'>) {
  const { repositories, store } = context
  const result = store.transaction(() => {
    const job = repositories.printJobs.get(jobId)
    if (!job) return { ok: false, code: 'JOB_NOT_FOUND' } as const
    // The number is taken back: a slip for it would send its visitor nowhere.
    const cancelledAt = job.visit_id === null ? null : repositories.visits.get(job.visit_id)?.cancelled_at
    const isTakenBack = cancelledAt !== null && cancelledAt !== undefined
    if (isTakenBack || !mayAnswer(job, cameOut)) return { ok: false, code: 'NOT_ALLOWED_NOW' } as const
    // Without a printer nothing would come of it: it stays asked until there is one.
    if (!cameOut && context.printer.health().state === 'absent') return { ok: false, code: 'NOT_ALLOWED_NOW' } as const
    repositories.printJobs.markSettled(jobId)
    if (!cameOut) {
      const document = JSON.parse(job.document) as PrintDocument
      // What never reached the printer is no copy.
      addPrintJob(context, { ...document, copy: document.copy || job.state !== 'failed' }, job.visit_id)
    }
    return { ok: true, data: {} } as const
  })
  if (result.ok) afterCommit(context)
  return result
}
