/**
 * What the reading thread and its server say to each other. A push is copied between them: of each body only its text goes and what kind it is,
 * for reading proven JSON once more is quicker than copying all of its parts.
 */
import type { WireErrorCode } from '#contract/wire/errors.ts'
import type { ChainLink } from '#domain/chain.ts'
import type { EventBody } from '#domain/events.ts'
import type { DecodedBody, Envelope } from '#server/push/decode-body.ts'
import type { Push, RawPush } from '#server/push/reading/read-push.ts'

/** What the thread is started with. `closing` is shared: 1 when nobody waits for answers any more. */
export type ReaderData = { closing: Int32Array<SharedArrayBuffer> }

/** `n` tells the answers apart. What was sent before the end is still answered, unless it is closing. */
export type ToReader = { n: number; raw: RawPush } | 'end'
export type FromReader =
  | { kind: 'ready' }
  | { kind: 'read'; n: number; push: PackedPush }
  | { kind: 'refused'; n: number; code: WireErrorCode; message: string }

export type PackedPush = {
  generation: number
  fromSeq: number
  links: ChainLink[]
  kinds: DecodedBody['kind'][]
}

export function packPush({ generation, fromSeq, events }: Push): PackedPush {
  return { generation, fromSeq, links: events.map(({ link }) => link), kinds: events.map(({ body }) => body.kind) }
}

export function unpackPush({ generation, fromSeq, links, kinds }: PackedPush): Push {
  const events = links.map((link, index) => ({ link, body: bodyOf(link.body, kinds[index] ?? 'undecodable') }))
  return { generation, fromSeq, events }
}

/** The kind is proven by the thread: canonical text of this shape, and shapes change nothing. */
function bodyOf(text: string, kind: DecodedBody['kind']): DecodedBody {
  switch (kind) {
    case 'event':
      return { kind, event: JSON.parse(text) as EventBody }
    case 'unknown_type':
      return { kind, envelope: JSON.parse(text) as Envelope }
    case 'undecodable':
      return { kind }
  }
}
