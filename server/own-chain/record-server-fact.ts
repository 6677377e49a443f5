/** The mall server's own chain: the same table, the same hashes, one chain for each mall. */
import { randomUUID } from 'node:crypto'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash } from '#domain/chain.ts'
import type { DecidedBy, ServerFact, ServerFactBody } from '#domain/server-facts.ts'
import { newToken, sha256 } from '#server/secrets.ts'
import type { Trx } from '#server/store/schema.ts'

/** The chain never begins anew. */
const GENERATION = 1

export async function recordServerFact(
  trx: Trx,
  { mallId, now }: { mallId: string; now: () => number },
  fact: ServerFact,
  by: DecidedBy,
): Promise<void> {
  const at = now()
  const deviceId = await serverDeviceOf(trx, mallId, at)
  const head = await trx
    .selectFrom('event')
    .select(['seq', 'hash'])
    .where('device_id', '=', deviceId)
    .where('generation', '=', GENERATION)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const seq = (head?.seq ?? 0) + 1
  const prevHash = head?.hash ?? GENESIS
  const event: ServerFactBody = { v: 1, device: deviceId, generation: GENERATION, seq, at, by, ...fact }
  const body = canonicalJson(event as unknown as CanonicalValue)
  await trx
    .insertInto('event')
    .values({
      device_id: deviceId,
      generation: GENERATION,
      seq,
      mall_id: mallId,
      hash: linkHash(sha256, prevHash, body),
      prev_hash: prevHash,
      body,
      type: fact.type,
      received_at: at,
    })
    .execute()
}

/** The row that the server has among the mall's devices; made with the first fact. */
async function serverDeviceOf(trx: Trx, mallId: string, now: number): Promise<string> {
  const mall = await trx
    .selectFrom('mall')
    .select('server_device_id')
    .where('id', '=', mallId)
    .executeTakeFirstOrThrow()
  if (mall.server_device_id !== null) return mall.server_device_id
  const id = randomUUID()
  await trx
    .insertInto('device')
    .values({
      id,
      mall_id: mallId,
      // Of a token that nobody was ever given.
      token_hash: sha256(newToken()),
      role_kind: 'server',
      place_id: mallId,
      name: 'Server',
      // Devices count from 1.
      slot: 0,
      generation: GENERATION,
      enrolled_at: now,
      incarnation: 0,
      adopted_seq: 0,
    })
    .execute()
  await trx.updateTable('mall').set({ server_device_id: id }).where('id', '=', mallId).execute()
  return id
}
