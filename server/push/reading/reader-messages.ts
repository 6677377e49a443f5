/**
 * What the reading thread and its server say to each other. A push is copied between them: an understood event goes as its text alone,
 * for reading proven JSON once more is quicker than copying all of its parts.
 */
import type { WireErrorCode } from '#contract/wire/errors.ts'
import type { ChainLink } from '#domain/chain.ts'
import type { EventBody } from '#domain/events.ts'
import type { DecodedBody } from '#server/push/decode-body.ts'
import type { Push, RawPush } from '#server/push/reading/read-push.ts'

export type ToReader = RawPush
export type FromReader =
  | { kind: 'ready' }
  | { kind: 'read'; push: PackedPush }
  | { kind: 'refused'; code: WireErrorCode; message: string }

export type PackedPush = {
  generation: number
  fromSeq: number
  links: ChainLink[]
  /** By their place among the links: bodies that are no event of this protocol. */
  others: [number, DecodedBody][]
}

export function packPush({ generation, fromSeq, events }: Push): PackedPush {
  const others = events.flatMap(({ body }, index): [number, DecodedBody][] =>
    body.kind === 'event' ? [] : [[index, body]],
  )
  return { generation, fromSeq, links: events.map(({ link }) => link), others }
}

export function unpackPush({ generation, fromSeq, links, others }: PackedPush): Push {
  const known = new Map(others)
  const events = links.map((link, index) => ({ link, body: known.get(index) ?? understood(link.body) }))
  return { generation, fromSeq, events }
}

/** Proven by the thread: canonical text of an event of this protocol, in which shapes change nothing. */
function understood(text: string): DecodedBody {
  return { kind: 'event', event: JSON.parse(text) as EventBody }
}
