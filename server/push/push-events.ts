/** Takes a device's facts in: prove the chain, store every event, apply what it may do, deal, all in one transaction. */
import type { z } from 'zod'
import type { FindingCode, PushReply, PushRequest } from '#contract/wire.ts'
import type { ChainLink } from '#domain/chain.ts'
import type { Device } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { applyEvent } from '#server/push/apply-event.ts'
import { type ChainHead, EMPTY_CHAIN, newLinks, provenLinks } from '#server/push/check-chain.ts'
import { decodeBody } from '#server/push/decode-body.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export async function pushEvents(
  context: ServerContext,
  device: Device,
  push: z.infer<typeof PushRequest>,
): Promise<PushReply> {
  if (push.generation !== device.generation) {
    throw new WireFailure('CHAIN_FORK', `this device's generation is ${device.generation}, not ${push.generation}`)
  }
  const links = provenLinks(push)
  const lastSeq = push.fromSeq + links.length - 1
  return changeMall(context, async (trx, touched) => {
    const head = await chainHead(trx, device.id)
    const stored = await storedBetween(trx, device.id, push.fromSeq - 1, lastSeq)
    const added = newLinks(links, head, (seq) => stored.get(seq)?.hash)
    const findings = [...stored]
      .filter(([seq]) => seq >= push.fromSeq)
      .flatMap(([seq, { finding }]) => (finding ? { seq, code: finding } : []))
    for (const link of added) {
      const finding = await takeIn(trx, context, touched, device, link)
      if (finding) findings.push({ seq: link.seq, code: finding })
    }
    if (added.length > 0) await dealWaiting(trx, context, touched)
    const { seq: ackedSeq, hash: headHash } = added.at(-1) ?? head
    return { ackedSeq, headHash, serverTime: context.now(), findings }
  })
}

/** Stores one event for good. An event that may not act is stored too, with the reason beside it. */
async function takeIn(
  trx: Trx,
  context: ServerContext,
  touched: Touched,
  device: Device,
  link: ChainLink,
): Promise<FindingCode | null> {
  const body = decodeBody(link.body)
  const finding = body ? await applyEvent(trx, context, touched, device, link.seq, body) : 'UNDECODABLE'
  await trx
    .insertInto('event')
    .values({
      device_id: device.id,
      seq: link.seq,
      hash: link.hash,
      prev_hash: link.prevHash,
      body: link.body,
      type: body?.type ?? null,
      received_at: context.now(),
      finding,
    })
    .execute()
  return finding
}

async function chainHead(trx: Trx, deviceId: string): Promise<ChainHead> {
  const last = await trx
    .selectFrom('event')
    .select(['seq', 'hash'])
    .where('device_id', '=', deviceId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? EMPTY_CHAIN
}

async function storedBetween(trx: Trx, deviceId: string, from: number, to: number) {
  const rows = await trx
    .selectFrom('event')
    .select(['seq', 'hash', 'finding'])
    .where('device_id', '=', deviceId)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute()
  return new Map(rows.map(({ seq, hash, finding }) => [seq, { hash, finding }]))
}
