/** The facts as they came, and what was remarkable about them. */
import { type Insertable, sql } from 'kysely'
import type { FindingCode } from '#contract/wire/finding.ts'
import type { ChainLink } from '#domain/chain.ts'
import type { MallContext } from '#server/context.ts'
import { type ChainHead, EMPTY_CHAIN } from '#server/push/check-chain.ts'
import { manyRows } from '#server/store/many-rows.ts'
import { prepare } from '#server/store/prepared.ts'
import type { Schema, Trx } from '#server/store/schema.ts'

export type Chain = { deviceId: string; generation: number }
export type TakenIn = { link: ChainLink; type: string | null; findings: readonly FindingCode[] }

const insertEvents = manyRows<Insertable<Schema['event']>>((q, rows) => q.insertInto('event').values(rows))
const insertFindings = manyRows<Insertable<Schema['finding']>>((q, rows) => q.insertInto('finding').values(rows))

export async function storeEvents(
  trx: Trx,
  { mallId, now }: MallContext,
  { deviceId, generation }: Chain,
  taken: readonly TakenIn[],
): Promise<void> {
  if (taken.length === 0) return
  const place = { device_id: deviceId, generation, mall_id: mallId }
  const events = taken.map(({ link: { seq, hash, prevHash, body }, type }) => ({
    device_id: deviceId,
    generation,
    seq,
    mall_id: mallId,
    hash,
    prev_hash: prevHash,
    body,
    type,
    received_at: now(),
  }))
  await insertEvents(trx, events)
  const findings = taken.flatMap(({ link: { seq }, findings: codes }) =>
    [...new Set(codes)].map((code) => ({ ...place, seq, code, found_at: now() })),
  )
  await insertFindings(trx, findings)
}

export type StoredHead = ChainHead & { body: string; receivedAt: number }

const newestEvent = prepare<Chain, StoredHead>((q, param) =>
  q
    .selectFrom('event')
    .select(['seq', 'hash', 'body', 'received_at as receivedAt'])
    .where('device_id', '=', param('deviceId'))
    .where('generation', '=', param('generation'))
    .orderBy('seq', 'desc')
    // Written out, so that the planner sees that one is wanted.
    .limit(sql.lit(1)),
)

export async function storedHead(trx: Trx, chain: Chain): Promise<StoredHead | null> {
  const [last] = await newestEvent(trx, chain)
  return last ?? null
}

export function chainHeadOf(head: StoredHead | null): ChainHead {
  return head ? { seq: head.seq, hash: head.hash } : EMPTY_CHAIN
}

/** Hashes of stored events by seq, both ends included. */
export async function storedHashes(
  trx: Trx,
  { deviceId, generation }: Chain,
  from: number,
  to: number,
): Promise<Map<number, string>> {
  const rows = await trx
    .selectFrom('event')
    .select(['seq', 'hash'])
    .where('device_id', '=', deviceId)
    .where('generation', '=', generation)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .execute()
  return new Map(rows.map(({ seq, hash }) => [seq, hash]))
}

export async function storedFindings(
  trx: Trx,
  { deviceId, generation }: Chain,
  from: number,
  to: number,
): Promise<{ seq: number; code: FindingCode }[]> {
  return trx
    .selectFrom('finding')
    .select(['seq', 'code'])
    .where('device_id', '=', deviceId)
    .where('generation', '=', generation)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .orderBy('code')
    .execute()
}
