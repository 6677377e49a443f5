/** The store's promise in memory: what survives a crash is `rows`; a worker is thrown away, the rows stay. */
import type { PrintDocument } from '#main/host/device-documents.ts'
import type { PrintJobState, PrintJobStore } from '#main/host/ports.ts'

type Row = {
  document: PrintDocument
  bytes: Uint8Array | null
  state: PrintJobState
  code: string | null
  attempts: number
}

export function createPrintJobsInMemory() {
  const rows = new Map<string, Row>()

  function row(id: string): Row {
    const found = rows.get(id)
    if (!found) throw new Error(`no job ${id}`)
    return found
  }

  const store: PrintJobStore = {
    next() {
      for (const [id, { document, state, attempts }] of rows) {
        if (state === 'queued') return { id, document, attempts }
      }
      return null
    },
    beginSending(id, bytes) {
      const job = row(id)
      if (job.state !== 'queued') throw new Error(`job ${id} is ${job.state}`)
      Object.assign(job, { bytes, state: 'sending', attempts: job.attempts + 1 })
    },
    finish(id, state, code) {
      Object.assign(row(id), { state, code })
    },
    settleInterrupted() {
      const interrupted = [...rows.values()].filter(({ state }) => state === 'sending')
      for (const job of interrupted) Object.assign(job, { state: 'unknown' })
      return interrupted.length
    },
  }

  return {
    store,
    row,
    add(id: string, document: PrintDocument) {
      rows.set(id, { document, bytes: null, state: 'queued', code: null, attempts: 0 })
    },
    states: () => Object.fromEntries([...rows].map(([id, { state }]) => [id, state])),
  }
}
