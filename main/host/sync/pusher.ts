/** Sends what the server has not acknowledged: facts in order and in batches, two under way at once, then personal texts. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PushReply, PushRequest } from '#contract/wire.ts'
import type { PersonalText } from '#db/repositories/personal-texts.ts'
import type { CoreContext } from '#main/host/context.ts'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { nextPush } from '#main/host/sync/steps/next-push.ts'
import { takePush, takePushFailure } from '#main/host/sync/steps/take-push.ts'
import { takeServerTime } from '#main/host/sync/steps/take-server-time.ts'

/** Two that leave together may overtake each other on their two connections; then the second has to be sent again. */
const HEAD_START_MS = 30
/** As many texts as one request may hold. */
const TEXTS = 100

type Flight = { request: PushRequest; reply: Promise<PushReply>; isAhead: boolean; sentAt: number }

/** Sends everything that may go. Throws MallError when the server does not take it; what was acknowledged stays acknowledged. */
export async function pushAll(context: CoreContext, client: MallClient, onTaken: () => void): Promise<void> {
  let flight: Flight | null = null
  for (;;) {
    const first: Flight | null = flight ?? launch(context, client, nextPush(context), false)
    if (!first) return
    if (nextPush(context, first.request)) await headStart(context, first)
    // The second of a backlog leaves while the first is on its way.
    const second = launch(context, client, nextPush(context, first.request), true)
    const landed = await land(context, first)
    if (landed === 'stuck') return
    onTaken()
    // What followed a batch that was not taken is worth nothing, whatever became of it.
    flight = landed === 'taken' ? second : null
  }
}

/**
 * Texts whose hashes are in events that have arrived. One that is refused does not hold up the others: its salt goes into
 * `refused`, and it is left alone until the caller forgets that. Throws MallError.
 */
export async function pushTexts(context: CoreContext, client: MallClient, refused: Set<string>): Promise<void> {
  const { store, repositories, log } = context
  const send = async (texts: readonly PersonalText[]) => {
    await client.personalTexts(texts)
    store.transaction(() => {
      for (const text of texts) repositories.personalTexts.markSent(text)
    })
  }
  for (;;) {
    const texts = repositories.personalTexts.unsent(TEXTS).filter(({ salt }) => !refused.has(salt))
    if (texts.length === 0) return
    try {
      await send(texts)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // All or none: so each by itself.
      for (const text of texts) {
        await send([text]).catch((one: unknown) => {
          if (!isRefusal(one)) throw one
          refused.add(text.salt)
          log.warn({ key: text.key, entryNo: text.entryNo, code: one.code }, 'the server does not expect this text')
        })
      }
    }
  }
}

function isRefusal(error: unknown): error is MallError {
  return error instanceof MallError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')
}

function launch(
  context: CoreContext,
  client: MallClient,
  request: PushRequest | null,
  isAhead: boolean,
): Flight | null {
  if (!request) return null
  const sentAt = context.clock.mono()
  const reply = client.push(request).then((answer) => {
    takeServerTime(context, answer.serverTime, context.clock.mono() - sentAt)
    return answer
  })
  // Whoever waits for it hears of the failure; nobody may.
  reply.catch(() => {})
  return { request, reply, isAhead, sentAt }
}

async function headStart({ clock }: CoreContext, { reply, sentAt }: Flight): Promise<void> {
  const left = sentAt + HEAD_START_MS - clock.mono()
  // How it ends is heard when it lands.
  if (left > 0) await Promise.race([reply.catch(() => {}), sleep(left)])
}

async function land(context: CoreContext, { request, reply, isAhead }: Flight): Promise<'taken' | 'again' | 'stuck'> {
  let answer: PushReply
  try {
    answer = await reply
  } catch (error) {
    // It may have overtaken the batch before it: sent once more by itself, it has its own say.
    if (isAhead) return 'again'
    if (!(error instanceof MallError)) throw error
    takePushFailure(context, request, error.code)
    const isGivenUp = nextPush(context)?.generation !== request.generation
    if (isGivenUp) return 'again'
    throw error
  }
  if (!takePush(context, request, answer)) {
    throw new MallError(
      context.identity.inDoubt() ? 'CHAIN_FORK' : 'NOT_A_MALL_SERVER',
      'the acknowledgement is not ours',
    )
  }
  const isWhole = answer.ackedSeq >= request.fromSeq + request.events.length - 1
  // A server that acknowledges nothing new would be asked for ever.
  return isWhole ? 'taken' : 'stuck'
}
