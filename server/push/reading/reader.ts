/** What the reading thread runs. */
import { parentPort, workerData } from 'node:worker_threads'
import { readRawPush } from '#server/push/reading/read-push.ts'
import { type FromReader, packPush, type ReaderData, type ToReader } from '#server/push/reading/reader-messages.ts'
import { WireFailure } from '#server/wire-failure.ts'

function answer({ n, raw }: Exclude<ToReader, 'end'>): FromReader {
  try {
    return { kind: 'read', n, push: packPush(readRawPush(raw)) }
  } catch (error) {
    // Anything else is a fault of this program: it ends the thread, and whoever asked reads by itself.
    if (!(error instanceof WireFailure)) throw error
    return { kind: 'refused', n, code: error.code, message: error.message }
  }
}

const { closing } = workerData as ReaderData
const say = (message: FromReader) => parentPort?.postMessage(message)
parentPort?.on('message', (message: ToReader) => {
  if (message === 'end') parentPort?.close()
  // Nobody waits for it any more.
  else if (Atomics.load(closing, 0) === 0) say(answer(message))
})
// It ends the thread, so that nobody waits for an answer for ever.
parentPort?.on('messageerror', (error) => {
  throw error
})
say({ kind: 'ready' })
