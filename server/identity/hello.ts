/** The first message of every connection: is the server still the one the device knew, and the device the one we knew? */
import { PROTOCOL } from '#contract/wire/agreed.ts'
import type { HelloReply, HelloRequest } from '#contract/wire/hello.ts'
import { GENESIS } from '#domain/chain.ts'
import type { MallContext } from '#server/context.ts'
import { type Doubt, generationAfter } from '#server/identity/generation-rules.ts'
import { findLostMemory } from '#server/identity/lost-memory.ts'
import { afterHello, doubtsItself } from '#server/identity/nonce-rules.ts'
import { beginIncarnationIn } from '#server/incarnation/begin-incarnation.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import { mallAudience } from '#server/queue/audience.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import type { Touched } from '#server/queue/touched.ts'
import { newToken, sha256 } from '#server/secrets.ts'
import type { DeviceRow, Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

/** What an operator of the server must see whatever the log level of the day. */
export type Alarm = (message: string) => void

export async function sayHello(
  context: MallContext,
  deviceId: string,
  hello: HelloRequest,
  alarm: Alarm,
): Promise<HelloReply> {
  if (hello.protocol !== PROTOCOL) {
    throw new WireFailure('PROTOCOL_UNSUPPORTED', `this server speaks protocol ${PROTOCOL}, not ${hello.protocol}`)
  }
  const { result, began } = await changeMall(context, async (trx, touched) => {
    const known = await deviceRow(trx, deviceId)
    const loss = await findLostMemory(trx, context.signingKey, known, hello)
    const began = loss === 'new' ? await beginHere(trx, touched, context, hello.incarnation) : null
    const device = began === null ? known : await deviceRow(trx, deviceId)
    const result = await introduce(trx, context, device, hello, loss !== null)
    // Streams of a device in doubt end: nothing more is told to it.
    if ('doubt' in result) touched.wake(deviceId)
    return { result, began }
  })
  if (began !== null) {
    alarm(`device ${deviceId} showed a head that this server signed and does not have: incarnation ${began} begins`)
  }
  if ('doubt' in result) {
    if (result.isNew) alarm(`device ${deviceId} is in doubt (${result.doubt}): a supervisor has to readmit it`)
    throw new WireFailure('DEVICE_IN_DOUBT', `${result.doubt}: a supervisor decides about this device`)
  }
  return result.reply
}

/** Open streams of every mall end, so that their devices come and say hello. */
async function beginHere(trx: Trx, touched: Touched, { now }: MallContext, atLeast: number): Promise<number> {
  const { incarnation, mallIds } = await beginIncarnationIn(trx, now(), 'found_restored', atLeast)
  for (const mallId of mallIds) touched.wakeAudience(mallAudience(mallId))
  return incarnation
}

type Introduction = { reply: HelloReply } | { doubt: string; isNew: boolean }

async function introduce(
  trx: Trx,
  context: MallContext,
  device: DeviceRow,
  hello: HelloRequest,
  isMemoryLost: boolean,
): Promise<Introduction> {
  // A server without memory takes a device's new nonce or generation for a wrong one: its doubt proves nothing.
  const isInDoubt = device.doubt_at !== null && !(isMemoryLost && device.doubt_reason !== 'CHAIN_FORK')
  if (isInDoubt) return { doubt: device.doubt_reason ?? 'IN_DOUBT', isNew: false }
  // A clock of ours that was put back must not shut a device out.
  const last = device.hello_at !== null && device.hello_at <= context.now() ? device.hello_at : null
  if (hello.askedAt !== null && last !== null && hello.askedAt < last) {
    throw new WireFailure('HELLO_NEEDED', 'this hello was overtaken by a later one')
  }
  const incarnation = await currentIncarnation(trx)
  const head = await chainHead(trx, device.id, device.generation)
  const generation = generationAfter(device, hello, { headSeq: head.seq, isBehind: device.incarnation < incarnation })
  if (typeof generation === 'string') return beginDoubt(trx, context, device, generation)
  if (doubtsItself(hello, device)) return beginDoubt(trx, context, device, 'NONCE')
  const nonce = newToken()
  const said = hello.nonce === null ? null : sha256(hello.nonce)
  const known = {
    confirmed: device.nonce_confirmed,
    offered: device.nonce_offered?.split(' ') ?? [],
    heard: device.heartbeat_at !== null,
  }
  const next = afterHello(known, said, sha256(nonce))
  if (!next) return beginDoubt(trx, context, device, 'NONCE')
  // Whose first hello this is, and who never wrote anything, has nothing that the server could have forgotten.
  const adopted = hello.incarnation === 0 && hello.headSeq === 0 ? incarnation : device.incarnation
  await trx
    .updateTable('device')
    .set({
      generation,
      nonce_confirmed: next.confirmed,
      hello_at: context.now(),
      nonce_offered: next.offered.join(' '),
      doubt_at: null,
      doubt_reason: null,
      incarnation: adopted,
    })
    .where('id', '=', device.id)
    .execute()
  const { seq: ackedSeq, hash: headHash } =
    generation === device.generation ? head : await chainHead(trx, device.id, generation)
  return {
    reply: {
      incarnation,
      generation,
      nonce,
      ackedSeq,
      headHash,
      assertNeeded: adopted !== incarnation,
      session: await sessionOf(trx, device),
      serverTime: context.now(),
    },
  }
}

async function beginDoubt(trx: Trx, { now }: MallContext, { id }: DeviceRow, doubt: Doubt): Promise<Introduction> {
  await trx.updateTable('device').set({ doubt_at: now(), doubt_reason: doubt }).where('id', '=', id).execute()
  return { doubt, isNew: true }
}

async function deviceRow(trx: Trx, id: string): Promise<DeviceRow> {
  return trx.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function chainHead(trx: Trx, deviceId: string, generation: number) {
  const head = await trx
    .selectFrom('event')
    .select(['seq', 'hash'])
    .where('device_id', '=', deviceId)
    .where('generation', '=', generation)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return head ?? { seq: 0, hash: GENESIS }
}

/** The newest session of the device's counter; null for a front desk and before the first opening. */
async function sessionOf(trx: Trx, device: DeviceRow): Promise<HelloReply['session']> {
  if (device.role_kind !== 'counter') return null
  const last = await trx
    .selectFrom('counter_session')
    .selectAll()
    .where('mall_id', '=', device.mall_id)
    .where('counter_id', '=', device.place_id)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return null
  const mine = last.device_id === device.id && last.reclaimed_at === null
  return { epoch: last.epoch, mine, open: last.closed_at === null }
}
