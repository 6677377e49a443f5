/** Sends what the server has not acknowledged: facts in order and in batches, several under way at once, then personal texts. */
import { NOTES_LIMIT } from '#contract/wire/agreed.ts'
import type { PushReply, PushRequest } from '#contract/wire/push.ts'
import type { Note } from '#db/repositories/notes.ts'
import type { PersonalText } from '#db/repositories/personal-texts.ts'
import type { CoreContext } from '#main/host/context.ts'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { nextPush } from '#main/host/sync/steps/next-push.ts'
import { takePush, takePushFailure } from '#main/host/sync/steps/take-push.ts'
import { takeServerTime } from '#main/host/sync/steps/take-server-time.ts'

/** Of batches: while the server stores one it reads the next, and a third is there when it is done. */
const UNDER_WAY = 3
/** As many texts as one request may hold. */
const TEXTS = 100
/** More than a desk writes in a day. */
const MOST_TEXTS = 5_000

type Flight = {
  request: PushRequest
  reply: Promise<PushReply>
  /** Resolves when all of it is on its way, or will never be. */
  left: Promise<unknown>
  hasFailed: boolean
  isAhead: boolean
}

/** Sends everything that may go. Throws MallError when the server does not take it; what was acknowledged stays acknowledged. */
export async function pushAll(context: CoreContext, client: MallClient, onTaken: () => void): Promise<void> {
  let flights: Flight[] = []
  for (;;) {
    await fill(context, client, flights)
    const [first, ...others] = flights
    if (!first) return
    const landed = await land(context, first)
    if (landed === 'stuck') return
    onTaken()
    // What followed a batch that was not taken is worth nothing, whatever became of it.
    flights = landed === 'taken' ? others : []
  }
}

/** Behind one that failed nothing has to leave: it would have to be sent again. */
async function fill(context: CoreContext, client: MallClient, flights: Flight[]): Promise<void> {
  while (flights.length < UNDER_WAY) {
    const [first, last] = [flights[0], flights.at(-1)]
    // Leaving together, two might overtake each other on their connections. An answer that is there is not kept waiting for that.
    if (first && last) await Promise.race([last.left, Promise.allSettled([first.reply])])
    if (flights.some(({ hasFailed }) => hasFailed)) return
    const request = nextPush(context, last?.request)
    if (!request) return
    flights.push(launch(context, client, request, last !== undefined))
  }
}

/** Values that steps hand to the next ones. Throws MallError. */
export async function pushTexts(context: CoreContext, client: MallClient, refused: Set<string>): Promise<void> {
  const { personalTexts } = context.repositories
  await pushValues<PersonalText>(context, refused, {
    unsent: personalTexts.unsent,
    atOnce: TEXTS,
    send: (texts) => client.personalTexts(texts),
    markSent: personalTexts.markSent,
  })
}

/** Notes for the own agency. Throws MallError. */
export async function pushNotes(context: CoreContext, client: MallClient, refused: Set<string>): Promise<void> {
  const { notes } = context.repositories
  await pushValues<Note>(context, refused, {
    unsent: notes.unsent,
    atOnce: NOTES_LIMIT,
    send: (texts) =>
      client.notes(texts.map(({ visitId, entryNo, salt, value }) => ({ visitId, entryNo, salt, value }))),
    markSent: notes.markSent,
  })
}

type Value = { salt: string; entryNo: number }
type Values<V extends Value> = {
  unsent(limit: number): V[]
  /** As many as one request may hold. */
  atOnce: number
  send(values: readonly V[]): Promise<unknown>
  markSent(value: V): void
}

/**
 * Texts whose hashes are in events that have arrived. One that is refused does not hold up the others: its salt goes into
 * `refused`, and it is left alone until the caller forgets that.
 */
async function pushValues<V extends Value>(
  { store, log }: CoreContext,
  refused: Set<string>,
  { unsent, atOnce, send, markSent }: Values<V>,
): Promise<void> {
  const sendAll = async (values: readonly V[]) => {
    await send(values)
    store.transaction(() => values.forEach(markSent))
  }
  // Read once: the event of what is written meanwhile has not arrived, so it waits for the next round.
  const due = unsent(MOST_TEXTS).filter(({ salt }) => !refused.has(salt))
  for (let from = 0; from < due.length; from += atOnce) {
    const values = due.slice(from, from + atOnce)
    try {
      await sendAll(values)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // All or none: so each by itself.
      for (const value of values) {
        await sendAll([value]).catch((one: unknown) => {
          if (!isRefusal(one)) throw one
          refused.add(value.salt)
          log.warn({ entryNo: value.entryNo, code: one.code }, 'the server does not expect this text')
        })
      }
    }
  }
}

function isRefusal(error: unknown): error is MallError {
  return error instanceof MallError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')
}

function launch(context: CoreContext, client: MallClient, request: PushRequest, isAhead: boolean): Flight {
  const sentAt = context.clock.mono()
  const { promise: sent, resolve: onSent } = Promise.withResolvers<void>()
  const reply = client.push(request, onSent).then((answer) => {
    takeServerTime(context, answer.serverTime, context.clock.mono() - sentAt)
    return answer
  })
  const left = Promise.race([sent, Promise.allSettled([reply])])
  const flight: Flight = { request, reply, left, hasFailed: false, isAhead }
  // How it failed is heard when it lands.
  reply.catch(() => {
    flight.hasFailed = true
  })
  return flight
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
