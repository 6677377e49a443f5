/** Takes a device's facts in: prove the chain, apply what may act, store every event, deal, all in one transaction. */
import type { PushReply } from '#contract/wire/push.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { askBackUnchosen, trimHands } from '#server/custody/recall.ts'
import { putInDoubt } from '#server/identity/doubt.ts'
import { signHead } from '#server/identity/sign-head.ts'
import { newLinks } from '#server/push/check-chain.ts'
import { openScope } from '#server/push/open-scope.ts'
import type { Push } from '#server/push/reading/read-push.ts'
import { chainHeadOf, storedFindings, storedHashes, storedHead, storeEvents } from '#server/push/store-events.ts'
import { takeIn } from '#server/push/take-in.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWhatMoved } from '#server/queue/deal-waiting.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export async function pushEvents(context: MallContext, device: Device, push: Push): Promise<PushReply> {
  try {
    const { seq, hash, findings } = await changeMall(context, (trx, touched) =>
      takePush(trx, touched, context, device, push),
    )
    const signature = signHead(context, { deviceId: device.id, generation: push.generation, seq, hash })
    return { ackedSeq: seq, headHash: hash, serverTime: context.now(), findings, signature }
  } catch (error) {
    // Outside of the transaction that has failed: the mark stays. An older chain is settled already.
    if (error instanceof WireFailure && error.code === 'CHAIN_FORK' && push.generation >= device.generation) {
      await putInDoubt(context, device.id, 'CHAIN_FORK')
    }
    throw error
  }
}

async function takePush(trx: Trx, touched: Touched, context: MallContext, device: Device, push: Push) {
  const chain = { deviceId: device.id, generation: push.generation }
  const head = await storedHead(trx, chain)
  const scope = await openScope(trx, touched, context, device, push.generation)
  const links = push.events.map(({ link }) => link)
  const lastSeq = push.fromSeq + links.length - 1
  const isNext = push.fromSeq > (head?.seq ?? 0)
  // The usual push begins right behind the head; only a repeated one has to be compared with what is stored.
  const hashes = isNext ? new Map<number, string>() : await storedHashes(trx, chain, push.fromSeq - 1, lastSeq)
  if (head) hashes.set(head.seq, head.hash)
  const added = newLinks(links, chainHeadOf(head), (seq) => hashes.get(seq))
  const earlier = isNext ? [] : await storedFindings(trx, chain, push.fromSeq, lastSeq)
  const taken = await takeIn(scope, head, push.events.slice(links.length - added.length))
  await storeEvents(trx, context, chain, taken)
  if (scope.openedCounterId !== null) {
    await trimHands(trx, context, touched, scope.openedCounterId)
    if (scope.choseServices) await askBackUnchosen(trx, context, touched, scope.openedCounterId)
  }
  await dealWhatMoved(trx, context, touched)
  const findings = taken.flatMap(({ link: { seq }, findings: codes }) =>
    [...new Set(codes)].toSorted().map((code) => ({ seq, code })),
  )
  return { ...(added.at(-1) ?? chainHeadOf(head)), findings: [...earlier, ...findings] }
}
