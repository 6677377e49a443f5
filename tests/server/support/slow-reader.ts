/** A reading thread that takes its time for each body, and then writes a line to the file that the body names. */
import { appendFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { ToReader } from '#server/push/reading/reader-messages.ts'

const PIECE_MS = 100

parentPort?.on('message', (message: ToReader) => {
  if (message === 'end') {
    parentPort?.close()
    return
  }
  const doneAt = performance.now() + PIECE_MS
  while (performance.now() < doneAt);
  appendFileSync(new TextDecoder().decode(message.raw.bytes), 'whole\n')
})
parentPort?.postMessage({ kind: 'ready' })
