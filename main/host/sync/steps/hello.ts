/** Hello: who this workstation is, how far it is, and what the server makes of it. */
import { PROTOCOL } from '#contract/wire/agreed.ts'
import type { HelloReply, HelloRequest } from '#contract/wire/hello.ts'
import { CLOSED } from '#db/repositories/desk.ts'
import type { DeviceTable } from '#db/schema.ts'
import { type CoreContext, mallNow } from '#main/host/context.ts'
import { endSession } from '#main/host/sync/steps/give-back.ts'
import { takeServerTime } from '#main/host/sync/steps/take-server-time.ts'

export function helloRequest(context: CoreContext): HelloRequest {
  const { repositories, identity, clock } = context
  const device = enrolled(repositories.device.get())
  return {
    protocol: PROTOCOL,
    generation: device.generation,
    nonce: identity.nonceToSay(),
    incarnation: device.incarnation,
    headSeq: repositories.events.head(device.generation).seq,
    signedHead: signedHead(device),
    askedAt: device.anchor_boot === clock.bootId ? mallNow(context) : null,
  }
}

/** Takes the server's answer into the store. `assert`: before anything else the server wants to know what is held here. */
export function takeHello(context: CoreContext, reply: HelloReply): { assert: boolean } {
  const { store, repositories, identity } = context
  identity.offer(reply.nonce)
  store.transaction(() => {
    const device = enrolled(repositories.device.get())
    const generation = Math.max(reply.generation, device.generation)
    if (generation > device.generation) beginGeneration(context, device)
    const isOtherServer = reply.incarnation !== device.incarnation
    if (isOtherServer) forgetServer(context, generation)
    repositories.device.set({
      nonce: reply.nonce,
      in_doubt: Number(!isOurChain(context, generation, reply)),
      generation,
      // Of a chain that goes on the server may have more, when an answer was lost: it is sent again for what was found in it.
      acked_seq: generation > device.generation ? reply.ackedSeq : Math.min(reply.ackedSeq, device.acked_seq),
      ...(isOtherServer ? { cursor: 0 } : {}),
      // Known only once it has been told what is held here: an assertion that was lost is asked for again.
      ...(reply.assertNeeded ? { asserting: reply.incarnation } : { asserting: null, incarnation: reply.incarnation }),
    })
    if (isSessionOver(context, reply.session)) endSession(context)
    takeServerTime(context, reply.serverTime, 0)
  })
  identity.settle(reply.nonce)
  return { assert: reply.assertNeeded }
}

/** A supervisor settled a doubt: a new chain, an empty hand, a closed counter. The old chain stays. */
function beginGeneration({ repositories }: CoreContext, { generation, acked_seq }: DeviceTable): void {
  if (repositories.events.head(generation).seq > acked_seq) {
    repositories.olderChains.put({ generation, ackedSeq: acked_seq })
  }
  for (const entry of repositories.hand.allHeld()) repositories.hand.setState(entry, 'void')
  // Which of them were printed since the store was copied, nobody here knows.
  repositories.numbers.forgetLeases()
  repositories.desk.set({ ...CLOSED, counter: null })
}

/** Whether what the server has is the beginning of what stands here. */
function isOurChain({ repositories }: CoreContext, generation: number, { ackedSeq, headHash }: HelloReply): boolean {
  return ackedSeq === 0 || repositories.events.get(generation, ackedSeq)?.hash === headHash
}

/** Cursors and lists belong to the incarnation that told them; it may miss texts and the end of an earlier chain again. */
function forgetServer({ repositories }: CoreContext, generation: number): void {
  repositories.queue.clear()
  repositories.parked.clear()
  repositories.personalTexts.resendOwn()
  repositories.notes.resendOwn()
  for (let older = 1; older < generation; older += 1) {
    if (repositories.events.head(older).seq > 0) repositories.olderChains.put({ generation: older, ackedSeq: 0 })
  }
}

/** A restored server may remember an older session than this desk has: the assertion tells it. */
function isSessionOver({ repositories }: CoreContext, session: HelloReply['session']): boolean {
  const own = repositories.desk.get().counter
  return own !== null && session !== null && !session.mine && session.epoch >= own.epoch
}

/** What it says of a loss the server knows: it remembers how far each device was when it asserted. */
function signedHead(device: DeviceTable): HelloRequest['signedHead'] {
  const { signed_generation: generation, signed_seq: seq, signed_hash: hash, signature } = device
  if (generation === null || seq === null || hash === null || signature === null) return null
  return { generation, seq, hash, signature }
}

export function enrolled(device: DeviceTable | null): DeviceTable {
  if (!device) throw new Error('this workstation is not enrolled')
  return device
}
