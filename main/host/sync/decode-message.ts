/** What one message of the server's stream says: a change or, packed, a page of them. */
import { gunzipSync } from 'node:zlib'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { PACKED_EVENT, PAGE_BYTES } from '#contract/wire/agreed.ts'
import { Change } from '#contract/wire/changes.ts'
import { MallError } from '#main/host/sync/mall-client.ts'
import { readJson } from '#main/host/sync/read-json.ts'
import type { StreamedChange } from '#main/host/sync/steps/take-changes.ts'

/** In their order. Throws MallError. */
export function decodeMessage(message: EventSourceMessage): StreamedChange[] {
  return message.event === PACKED_EVENT ? unpack(message.data).map(decodeChange) : [decodeChange(message)]
}

function unpack(data: string): EventSourceMessage[] {
  const messages: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => messages.push(message) })
  parser.feed(unzip(Buffer.from(data, 'base64')))
  return messages
}

function unzip(bytes: Uint8Array): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: PAGE_BYTES }).toString('utf8')
  } catch (error) {
    throw new MallError('NOT_A_MALL_SERVER', `a packed page: ${String(error)}`, error)
  }
}

function decodeChange({ id, data }: EventSourceMessage): StreamedChange {
  const cursor = id === undefined || id === '' ? null : Number(id)
  const value = readJson(data)
  const parsed = Change.safeParse(value)
  if (parsed.success) return { cursor, change: parsed.data }
  const kind = (value as { kind?: unknown } | null | undefined)?.kind
  const isKnown = Change.options.some((option) => option.shape.kind.value === kind)
  // A newer server has kinds of changes that this program will understand after an upgrade.
  if (typeof kind === 'string' && !isKnown) return { cursor, unknown: data }
  throw new MallError('NOT_A_MALL_SERVER', `change: ${parsed.error.message}`)
}
