/** A reading thread whose answers nobody can take apart: nested deeper than the other side's stack. */
import { parentPort } from 'node:worker_threads'
import type { ToReader } from '#server/push/reading/reader-messages.ts'

const nested = Array.from({ length: 5_000 }).reduce<unknown>((inner) => [inner], 1)
parentPort?.on('message', (message: ToReader) => {
  if (message === 'end') parentPort?.close()
  else parentPort?.postMessage({ kind: 'read', n: 1, push: nested })
})
parentPort?.postMessage({ kind: 'ready' })
