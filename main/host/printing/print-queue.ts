/** The durable print queue: how use cases add to it and how the printer's worker reads it. */
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import type { HostContext } from '#main/host/context.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import type { PrintQueue } from '#main/host/ports.ts'

/**
 * Adds a job inside the caller's transaction, so the paper exists exactly when the act does. A desk without a printer prints
 * nothing, also not weeks later when it gets one; what waits when a printer is taken away is abandoned (abandonQueued). `visitId`:
 * whose slip it is.
 */
export function addPrintJob(context: HostContext, document: PrintDocument, visitId: string | null = null): void {
  if (context.printer.health().state === 'absent') return
  context.repositories.printJobs.add({
    id: context.ids.uuid(),
    created_at: context.clock.now(),
    kind: document.kind,
    label: document.kind === 'requirements' ? document.prefix : document.label.text,
    document: JSON.stringify(document),
    visit_id: visitId,
  })
}

/** What the worker and the profile switch do to the queue; every change is one committed transaction. */
export function createPrintJobStore(store: Store, { printJobs }: Repositories, changed: () => void): PrintQueue {
  return {
    next() {
      const row = printJobs.next()
      if (!row) return null
      return { id: row.id, document: JSON.parse(row.document), attempts: row.attempts }
    },
    beginSending(id, bytes) {
      store.transaction(() => printJobs.beginSending(id, bytes))
    },
    finish(id, state, code) {
      store.transaction(() => printJobs.finish(id, state, code))
      changed()
    },
    settleInterrupted() {
      const settled = store.transaction(() => printJobs.settleInterrupted())
      if (settled > 0) changed()
      return settled
    },
    abandonQueued() {
      const { waited, touched } = store.transaction(() => {
        const interrupted = printJobs.settleInterrupted()
        const abandoned = printJobs.abandonQueued('PRINTER_REMOVED')
        return { waited: abandoned, touched: interrupted + abandoned }
      })
      if (touched > 0) changed()
      return waited
    },
  }
}
