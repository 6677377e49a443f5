/** The server's side of the reading thread: asks it, and reads by itself what the thread leaves behind when it ends. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type Push, type RawPush, readRawPush } from '#server/push/reading/read-push.ts'
import { type FromReader, type ReaderData, type ToReader, unpackPush } from '#server/push/reading/reader-messages.ts'
import { WireFailure } from '#server/wire-failure.ts'

export type ReadingThread = {
  /** Null while the thread is not there. Throws as readRawPush does, and Error when it is closed meanwhile. */
  read(raw: RawPush): Promise<Push> | null
  /** What is not read yet is rejected at once. Resolves when the thread has ended, which first finishes what it is reading. */
  close(): Promise<void>
}

type Waiting = { raw: RawPush; resolve(push: Push): void; reject(error: unknown): void }

/** `ended` hears of it when the thread ends by itself. Throws when there can be no thread. */
export function startReadingThread(program: URL, ended: (error: unknown) => void): ReadingThread {
  const closing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const worker = new Worker(program, { workerData: { closing } satisfies ReaderData })
  const waiting = new Map<number, Waiting>()
  let last = 0
  let state: 'starting' | 'there' | 'ending' = 'starting'
  let failure: unknown = null

  const isClosing = () => closing[0] === 1

  function onMessage(message: FromReader): void {
    if (message.kind === 'ready') {
      if (state === 'starting') state = 'there'
      return
    }
    const one = waiting.get(message.n)
    if (message.kind === 'read') one?.resolve(unpackPush(message.push))
    else one?.reject(new WireFailure(message.code, message.message))
    waiting.delete(message.n)
  }

  /**
   * The thread ends by itself, between two bodies. Never by `terminate`: that may fall between the two steps in which Node makes what
   * unpacks a body, and Node then aborts the whole program ("close before init").
   */
  function end(): void {
    state = 'ending'
    worker.postMessage('end' satisfies ToReader)
  }

  function leaveAll(): void {
    void leave([...waiting.values()], isClosing())
    waiting.clear()
  }

  /** Whose the answer was is not known: whatever got none is left to `exit`. */
  function giveUp(error: unknown): void {
    failure = error
    end()
  }

  worker.on('message', (message: FromReader) => {
    try {
      onMessage(message)
    } catch (error) {
      giveUp(error)
    }
  })
  worker.on('messageerror', giveUp)
  worker.on('error', (error) => {
    failure = error
  })
  worker.on('exit', (code) => {
    state = 'ending'
    if (!isClosing()) ended(failure ?? new Error(`it ended with code ${code}`))
    leaveAll()
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  // After the listeners, which would hold it again. Whoever waits for an answer has a connection, and that keeps the process alive.
  worker.unref()

  return {
    read(raw) {
      if (state !== 'there') return null
      last += 1
      const n = last
      // A copy, for the bytes are given away: these stay, should they have to be read here.
      const bytes = new Uint8Array(raw.bytes)
      const { promise, resolve, reject } = Promise.withResolvers<Push>()
      worker.postMessage({ n, raw: { ...raw, bytes } } satisfies ToReader, [bytes.buffer])
      waiting.set(n, { raw, resolve, reject })
      return promise
    },
    async close() {
      Atomics.store(closing, 0, 1)
      // A program that is over before its thread would cut it off, too.
      worker.ref()
      end()
      leaveAll()
      await exited
    },
  }
}

/** One in each turn of the loop: others want to be answered as well. */
async function leave(left: readonly Waiting[], isClosing: boolean): Promise<void> {
  for (const { raw, resolve, reject } of left) {
    await nextTurn()
    try {
      if (isClosing) throw new Error('the server is ending')
      resolve(readRawPush(raw))
    } catch (error) {
      reject(error)
    }
  }
}
