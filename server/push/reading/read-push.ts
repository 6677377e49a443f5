/**
 * What a pushed body says: unpacked, of the right shape, its hashes proven and each event understood. Pure and without a database, so that
 * it can be done beside the thread that answers everybody.
 */
import { gunzipSync } from 'node:zlib'
import type { z } from 'zod'
import { PushRequest } from '#contract/wire/push.ts'
import type { ChainLink } from '#domain/chain.ts'
import { parseJson } from '#server/parse-json.ts'
import { provenLinks } from '#server/push/check-chain.ts'
import { type DecodedBody, decodeBody } from '#server/push/decode-body.ts'
import { WireFailure, wrongBody, wrongShape } from '#server/wire-failure.ts'

/** 500 events of 16 Ki characters fit, escapes included: so long may a body be, packed or not. In bytes. */
export const BODY_LIMIT = 16 * 1024 * 1024

export type RawPush = { bytes: Uint8Array; isPacked: boolean }
export type PushedEvent = { link: ChainLink; body: DecodedBody }
/** A piece of chain that is right in itself; `events` is never empty. */
export type Push = { generation: number; fromSeq: number; events: readonly PushedEvent[] }

/** Throws WireFailure: TOO_LARGE, BAD_REQUEST, CHAIN_BROKEN. */
export function readRawPush(raw: RawPush): Push {
  return readPush(parseRequest(unpack(raw)))
}

/** Throws WireFailure CHAIN_BROKEN. */
export function readPush(request: z.infer<typeof PushRequest>): Push {
  const { generation, fromSeq } = request
  const events = provenLinks(request).map((link) => ({ link, body: decodeBody(link.body) }))
  return { generation, fromSeq, events }
}

/** A small body must not become a huge one: what comes out counts. */
function unpack({ bytes, isPacked }: RawPush): Uint8Array {
  if (!isPacked) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: BODY_LIMIT })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    if (isTooLarge) throw new WireFailure('TOO_LARGE', 'the unpacked body is too large')
    throw new WireFailure('BAD_REQUEST', 'the body is not what gzip packs')
  }
}

function parseRequest(bytes: Uint8Array): z.infer<typeof PushRequest> {
  const value = parseJson(new TextDecoder().decode(bytes))
  if (value === undefined) throw wrongShape('body', ['not JSON'])
  const parsed = PushRequest.safeParse(value)
  if (parsed.success) return parsed.data
  throw wrongBody(parsed.error)
}
