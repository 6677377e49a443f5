/** Reads the server's changes: server-sent events in batches, with a watchdog for connections that died silently. */
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { Change, HEARTBEAT_MS } from '#contract/wire.ts'
import type { StreamedChange } from '#main/host/sync/apply-change.ts'
import { MallError } from '#main/host/sync/mall-client.ts'

/** A stream that says nothing for three heartbeats is dead, whatever the network stack believes. */
const SILENCE_MS = 3 * HEARTBEAT_MS

/**
 * Calls `onBatch` with the changes of each chunk, in order, until the stream ends or `abort` fires.
 * Throws MallError when it ends for another reason than `abort`.
 */
export async function readChanges(
  body: ReadableStream<Uint8Array>,
  abort: AbortController,
  onBatch: (changes: StreamedChange[]) => void,
): Promise<void> {
  let batch: StreamedChange[] = []
  const parser = createParser({ onEvent: (event) => batch.push(decode(event)) })
  const text = new TextDecoder()
  const watchdog = setTimeout(() => abort.abort(new MallError('UNREACHABLE', 'the stream fell silent')), SILENCE_MS)
  try {
    for await (const chunk of body) {
      watchdog.refresh()
      batch = []
      parser.feed(text.decode(chunk, { stream: true }))
      if (batch.length > 0) onBatch(batch)
    }
  } catch (error) {
    throw error instanceof MallError ? error : new MallError('UNREACHABLE', `stream: ${String(error)}`, error)
  } finally {
    clearTimeout(watchdog)
  }
  throw new MallError('UNREACHABLE', 'the server ended the stream')
}

function decode(event: EventSourceMessage): StreamedChange {
  const parsed = Change.safeParse(JSON.parse(event.data))
  if (!parsed.success) throw new MallError('NOT_A_MALL_SERVER', `change: ${parsed.error.message}`)
  return { cursor: event.id === undefined || event.id === '' ? null : Number(event.id), change: parsed.data }
}
