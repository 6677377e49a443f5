/**
 * Reads pushed bodies. Reading a backlog takes as long as storing it, and meanwhile everybody else at the mall waits: so long bodies are read in a
 * thread of their own, which is started with the first of them. A call is a few hundred bytes and read at once.
 */
import type { FastifyBaseLogger } from 'fastify'
import { type Push, type RawPush, readRawPush } from '#server/push/reading/read-push.ts'
import { type ReadingThread, startReadingThread } from '#server/push/reading/reading-thread.ts'

export type PushReader = {
  /**
   * Resolves in the order in which the same device asked: its second piece never overtakes the first. Throws WireFailure: TOO_LARGE,
   * BAD_REQUEST, CHAIN_BROKEN; any other error when the server ends meanwhile.
   */
  read(deviceId: string, raw: RawPush): Promise<Push>
  close(): Promise<void>
}

/** What is shorter is read before a thread would have heard of it. Bytes. */
const LONG = 8_192
/** For so long there is no new thread when one has ended: what ended it may come again. */
const REST_MS = 60_000

const READER = new URL('reader.ts', import.meta.url)

/** `program` is what the thread runs. */
export function createPushReader(log: Pick<FastifyBaseLogger, 'error'>, program = READER): PushReader {
  let thread: ReadingThread | null = null
  let restsUntil = 0
  /** By device, what is being read. */
  const newest = new Map<string, Promise<unknown>>()

  function onEnded(error: unknown): void {
    thread = null
    restsUntil = performance.now() + REST_MS
    log.error(error, 'there is no thread that reads pushes; the server reads them by itself')
  }

  function startedThread(): ReadingThread | null {
    if (thread || performance.now() < restsUntil) return thread
    try {
      thread = startReadingThread(program, onEnded)
    } catch (error) {
      onEnded(error)
    }
    return thread
  }

  function readOne(raw: RawPush): Promise<Push> | Push {
    const isLong = raw.isPacked || raw.bytes.length >= LONG
    // While the thread is being started everybody waits for this body, as they did before there was one.
    return (isLong && startedThread()?.read(raw)) || readRawPush(raw)
  }

  return {
    async read(deviceId, raw) {
      const mine = (async () => readOne(raw))()
      // It may fail before its turn has come.
      mine.catch(() => {})
      const inOrder = Promise.allSettled([newest.get(deviceId)]).then(() => mine)
      newest.set(deviceId, inOrder)
      try {
        return await inOrder
      } finally {
        if (newest.get(deviceId) === inOrder) newest.delete(deviceId)
      }
    },
    async close() {
      // None is started again.
      restsUntil = Number.POSITIVE_INFINITY
      await thread?.close()
    },
  }
}
