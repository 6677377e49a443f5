/** The durable print queue: how use cases add to it and how the printer's worker reads it. */
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import type { HostContext } from '#main/host/context.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import type { PrintJobStore } from '#main/host/ports.ts'

/**
 * Adds a job inside the caller's transaction, so the paper exists exactly when the act does. A desk without a printer prints
 * nothing, also not weeks later when it gets one.
 */
export function addPrintJob(context: HostContext, document: PrintDocument): void {
  if (context.printer.health().state === 'absent') return
  context.repositories.printJobs.add({
    id: context.ids.uuid(),
    created_at: context.clock.now(),
    kind: document.kind,
    label: document.label.text,
    document: JSON.stringify(document),
  })
}

/** The worker's side; every change is one committed transaction. */
export function createPrintJobStore(store: Store, { printJobs }: Repositories, changed: () => void): PrintJobStore {
  return {
    next() {
      const row = printJobs.next()
      if (!row) return null
      return { id: row.id, document: JSON.parse(row.document), bytes: row.bytes, attempts: row.attempts }
    },
    beginSending(id, bytes) {
      store.transaction(() => printJobs.beginSending(id, bytes))
    },
    finish(id, state, code) {
      store.transaction(() => printJobs.finish(id, state, code))
      changed()
    },
    settleInterrupted() {
      return store.transaction(() => printJobs.settleInterrupted())
    },
  }
}
