/** What the server's answer to a batch means for the store. */
import { signedHeadText } from '#contract/wire/agreed.ts'
import type { PushReply, PushRequest } from '#contract/wire/push.ts'
import { isSignedBy } from '#db/server-signature.ts'
import { type CoreContext, mallNow } from '#main/host/context.ts'
import { enrolled } from '#main/host/sync/steps/hello.ts'

/**
 * Acknowledgement, signed head and findings, in one transaction. What was acknowledged is told again; findings are told once. False when the answer is not this server's, or speaks of another
 * log than ours: then nothing is taken.
 */
export function takePush(context: CoreContext, request: PushRequest, reply: PushReply): boolean {
  const { store, repositories } = context
  return store.takeTold(() => {
    const device = enrolled(repositories.device.get())
    const { generation } = request
    const head = { generation, seq: reply.ackedSeq, hash: reply.headHash }
    // Of a chain that was given up the server may have more than this copy remembers.
    const isGivenUp = generation < device.generation
    if (
      !isGivenUp &&
      reply.ackedSeq > 0 &&
      repositories.events.get(generation, reply.ackedSeq)?.hash !== reply.headHash
    ) {
      repositories.device.set({ in_doubt: 1 })
      store.mustLast()
      return false
    }
    if (!isGivenUp && device.server_key !== null) {
      if (!isSignedBy(device.server_key, signedHeadText(device.device_id, head), reply.signature)) return false
      repositories.device.set({
        signed_generation: generation,
        signed_seq: head.seq,
        signed_hash: head.hash,
        signature: reply.signature,
      })
    }
    // The server may have more, when an answer was lost. What it found in that comes with the answers to it, and is waited for.
    const lastSeq = request.fromSeq + request.events.length - 1
    acknowledge(context, generation, Math.min(reply.ackedSeq, lastSeq))
    if (reply.findings.length > 0) store.mustLast()
    const foundAt = mallNow(context)
    for (const { seq, code } of reply.findings) repositories.findings.add({ generation, seq, code, foundAt })
    return true
  })
}

/** A lower acknowledgement than before is true, too: the server lost what it had, and gets it again. */
function acknowledge({ repositories }: CoreContext, generation: number, ackedSeq: number): void {
  const isPresent = repositories.device.get()?.generation === generation
  if (isPresent) repositories.device.set({ acked_seq: ackedSeq })
  else if (ackedSeq >= repositories.events.head(generation).seq) repositories.olderChains.remove(generation)
  else repositories.olderChains.put({ generation, ackedSeq })
}

/** The server did not take a batch. The rest of an earlier chain that it will never take is left where it is. */
export function takePushFailure(context: CoreContext, request: PushRequest, code: string): void {
  const { store, repositories } = context
  const isOlder = request.generation < enrolled(repositories.device.get()).generation
  if (!isOlder) takeRefusal(context, code)
  else if (code.startsWith('CHAIN_')) store.transaction(() => repositories.olderChains.remove(request.generation))
}

/** Any route: what the server says of this identity. In doubt, nothing is called from the hand until it is settled. */
export function takeRefusal({ store, repositories }: CoreContext, code: string): void {
  if (code !== 'CHAIN_FORK' && code !== 'DEVICE_IN_DOUBT') return
  if (repositories.device.get()?.in_doubt === 1) return
  store.transaction(() => repositories.device.set({ in_doubt: 1 }))
}
