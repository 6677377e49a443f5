/** The server's side of the reading thread: asks it, and reads by itself what the thread leaves behind when it ends. */
import { Worker } from 'node:worker_threads'
import { type Push, type RawPush, readRawPush } from '#server/push/reading/read-push.ts'
import { type FromReader, type ToReader, unpackPush } from '#server/push/reading/reader-messages.ts'
import { WireFailure } from '#server/wire-failure.ts'

export type ReadingThread = {
  /** Null while the thread is not there. Throws as readRawPush does. */
  read(raw: RawPush): Promise<Push> | null
  close(): Promise<void>
}

type Waiting = { raw: RawPush; resolve(push: Push): void; reject(error: unknown): void }

/** `ended` hears of it when the thread ends by itself. */
export function startReadingThread(program: URL, ended: (error: unknown) => void): ReadingThread {
  const worker = new Worker(program)
  /** In the order in which they were asked, which is that of the answers. */
  const waiting: Waiting[] = []
  let isThere = false
  let isClosing = false
  let failure: unknown = null

  // It must not keep the process alive: whoever waits for it has a connection, which does.
  worker.unref()
  worker.on('message', (message: FromReader) => {
    if (message.kind === 'ready') {
      isThere = true
      return
    }
    const one = waiting.shift()
    if (message.kind === 'read') one?.resolve(unpackPush(message.push))
    else one?.reject(new WireFailure(message.code, message.message))
  })
  worker.on('error', (error) => {
    failure = error
  })
  worker.on('exit', (code) => {
    isThere = false
    if (!isClosing) ended(failure ?? new Error(`it ended with code ${code}`))
    for (const one of waiting.splice(0)) readHere(one)
  })

  return {
    read(raw) {
      if (!isThere) return null
      const bytes = new Uint8Array(raw.bytes)
      const { promise, resolve, reject } = Promise.withResolvers<Push>()
      waiting.push({ raw, resolve, reject })
      worker.postMessage({ ...raw, bytes } satisfies ToReader, [bytes.buffer])
      return promise
    },
    async close() {
      isClosing = true
      await worker.terminate()
    },
  }
}

function readHere({ raw, resolve, reject }: Waiting): void {
  try {
    resolve(readRawPush(raw))
  } catch (error) {
    reject(error)
  }
}
