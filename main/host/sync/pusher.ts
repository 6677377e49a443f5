/** Sends what the server has not acknowledged: events in order and in batches, then personal texts. One run at a time. */
import { PUSH_LIMIT, type PushReply } from '#contract/wire.ts'
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import { GENESIS } from '#domain/chain.ts'
import type { MallClient } from '#main/host/sync/mall-client.ts'

type PusherPorts = {
  store: Store
  repositories: Repositories
  client(): MallClient
  onReply(reply: PushReply, sentAt: number, receivedAt: number): void
  now(): number
}

/** Sends everything unsent. Throws MallError when the server does not take it; what was acknowledged stays acknowledged. */
export async function pushAll({ store, repositories, client, onReply, now }: PusherPorts): Promise<void> {
  for (;;) {
    const device = repositories.device.get()
    if (!device) return
    const events = repositories.events.after(device.acked_seq, PUSH_LIMIT)
    if (events.length === 0) break
    const prevHash = repositories.events.get(device.acked_seq)?.hash ?? GENESIS
    const sentAt = now()
    const reply = await client().push(device.generation, prevHash, events)
    store.transaction(() => repositories.device.setAcked(reply.ackedSeq))
    onReply(reply, sentAt, now())
    // A server that acknowledges nothing new would be asked for ever.
    if (reply.ackedSeq <= device.acked_seq) break
  }
  await pushTexts(store, repositories, client())
}

async function pushTexts(store: Store, repositories: Repositories, client: MallClient): Promise<void> {
  for (;;) {
    const texts = repositories.personalTexts.unsent(100)
    if (texts.length === 0) return
    await client.personalTexts(texts)
    store.transaction(() => {
      for (const text of texts) repositories.personalTexts.markSent(text)
    })
  }
}
