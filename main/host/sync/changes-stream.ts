/** Reads the server's changes: server-sent events in batches, with a watchdog for connections that died silently. */
import type { Readable } from 'node:stream'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { HEARTBEAT_MS } from '#contract/wire/agreed.ts'
import type { decodeMessage } from '#main/host/sync/decode-message.ts'
import { MallError } from '#main/host/sync/mall-client.ts'
import { isRecall, type StreamedChange } from '#main/host/sync/steps/take-changes.ts'

/** A stream that says nothing for three heartbeats is dead, whatever the network stack believes. */
const SILENCE_MS = 3 * HEARTBEAT_MS

/** A page comes in several chunks; for this long the first of them waits for the rest, so that it is one transaction. */
const REST_MS = 20
/** More are never taken in one turn, nor waited for: an officer is not kept waiting by a long list. */
const TOGETHER = 500

export type ChangesReader = {
  /** What it throws passes through. */
  onBatch(changes: StreamedChange[]): void
  /** Resolves when something that goes first is done; null when nothing does. */
  busy(): Promise<unknown> | null
}

/**
 * Calls `onBatch` with the changes of what arrives together, in order, until the stream ends or `abort` fires; then it throws MallError.
 * Recalls never wait: another desk does, for their answers.
 */
export async function readChanges(
  body: Readable,
  decode: typeof decodeMessage,
  abort: AbortController,
  { onBatch, busy }: ChangesReader,
): Promise<never> {
  let batch: StreamedChange[] = []
  const onEvent = (event: EventSourceMessage) => {
    for (const one of decode(event)) batch.push(one)
  }
  const parser = createParser({ onEvent })
  const text = new TextDecoder()
  const watchdog = setTimeout(() => abort.abort(new MallError('UNREACHABLE', 'the stream fell silent')), SILENCE_MS)
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]()
  try {
    let next = nextChunk(chunks, abort.signal)
    for (;;) {
      const piece = text.decode(await next, { stream: true })
      watchdog.refresh()
      parser.feed(piece)
      next = nextChunk(chunks, abort.signal)
      // Whoever waits for it hears of the failure; nobody may.
      next.catch(() => {})
      // A message that is cut off says that more is on its way.
      const isCut = !piece.endsWith('\n\n')
      const until = isCut ? delay(REST_MS, null, { ref: false }) : batch.some(isRecall) ? null : busy()
      if (until && batch.length < TOGETHER && (await comesBefore(until, next))) continue
      const whole = batch
      batch = []
      // What the store says to a batch is the store's failure, not the network's: it passes as it is.
      for (let at = 0; at < whole.length; at += TOGETHER) {
        if (at > 0) await nextTurn()
        // Ended meanwhile, the store perhaps closed: the rest is told again behind the cursor.
        if (abort.signal.aborted) break
        onBatch(whole.slice(at, at + TOGETHER))
      }
    }
  } finally {
    clearTimeout(watchdog)
    body.destroy()
  }
}

function comesBefore(until: Promise<unknown>, next: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    next.then(
      () => true,
      () => false,
    ),
    until.then(() => false),
  ])
}

/** Throws MallError when there is no next one. `ended` says why, when it was ended from here. */
async function nextChunk(chunks: AsyncIterator<Uint8Array>, ended: AbortSignal): Promise<Uint8Array> {
  const why = (error: unknown) => `stream: ${String(ended.aborted ? ended.reason : error)}`
  const next = await chunks.next().catch((error: unknown) => {
    throw new MallError('UNREACHABLE', why(error), error)
  })
  // A body that has no length just ends, whoever ended its connection.
  if (next.done) throw new MallError('UNREACHABLE', why('it ended'))
  return next.value
}
