/**
 * The loops of the sync engine, driven by the world instead of timers: the same steps in the same order as
 * main/host/sync/create-sync.ts takes them.
 */
import { AssertReply } from '#contract/wire/assertions.ts'
import { Change } from '#contract/wire/changes.ts'
import { ConfigReply } from '#contract/wire/config.ts'
import { HeartbeatReply, RecallAnswerReply, type RecallAnswerRequest } from '#contract/wire/hands.ts'
import { HelloReply } from '#contract/wire/hello.ts'
import { SlipKeysReply } from '#contract/wire/numbers.ts'
import { PushReply } from '#contract/wire/push.ts'
import { MallError } from '#main/host/sync/mall-client.ts'
import { assertRequest, takeAssert } from '#main/host/sync/steps/assertion.ts'
import { beforeContact } from '#main/host/sync/steps/before-contact.ts'
import { helloRequest, takeHello } from '#main/host/sync/steps/hello.ts'
import { nextPush } from '#main/host/sync/steps/next-push.ts'
import { takeChanges } from '#main/host/sync/steps/take-changes.ts'
import { takeConfig } from '#main/host/sync/steps/take-config.ts'
import { takePush, takePushFailure, takeRefusal } from '#main/host/sync/steps/take-push.ts'
import { takeSlipKeys } from '#main/host/sync/steps/take-slip-keys.ts'
import type { DeskNode, Running } from '#tests/sim/desk-node.ts'
import { Abandoned, type World } from '#tests/sim/world.ts'

const HELLO_MS = 5_000
const PUSH_MS = 10_000

/** Connects: give back what a closed counter kept, say hello, assert when the server lost its memory. */
export async function contact(world: World, desk: DeskNode): Promise<void> {
  const { context } = up(desk)
  desk.phase = 'greeting'
  try {
    beforeContact(context)
    const hello = takeHello(context, await world.ask(desk, 'hello', helloRequest(context), HELLO_MS, HelloReply))
    if (hello.assert) {
      world.note(desk.name, 'asserts what it holds')
      await world.ask(desk, 'assert', assertRequest(context), HELLO_MS, AssertReply)
      takeAssert(context)
      world.counts.add('row.server_restored')
    }
    await refreshConfig(world, desk)
    const slipKeys = await world.ask(desk, 'slip-keys', {}, HELLO_MS, SlipKeysReply)
    takeSlipKeys(context, slipKeys)
    desk.phase = 'on'
    desk.stream = { cursor: up(desk).repositories.device.get()?.cursor ?? 0, busy: false }
  } catch (error) {
    loseContact(world, desk, error)
  }
}

export async function push(world: World, desk: DeskNode): Promise<void> {
  const { context } = up(desk)
  const request = nextPush(context)
  if (!request) return
  desk.pushing = true
  try {
    const reply = await world.ask(desk, 'push', request, PUSH_MS, PushReply)
    takePush(context, request, reply)
    world.acknowledged(desk, request.generation, reply.ackedSeq)
  } catch (error) {
    takePushFailure(up(desk).context, request, onlyMallError(error).code)
    loseContact(world, desk, error)
  } finally {
    desk.pushing = false
  }
}

/** The server's stream: one batch on its way at a time, in order. */
export async function follow(world: World, desk: DeskNode): Promise<void> {
  const { stream, life } = desk
  if (!stream || stream.busy) return
  const items = await world.server.running?.readStream(desk.place.deviceId, stream.cursor)
  if (desk.stream !== stream || items === undefined) return
  if (items === null) return loseContact(world, desk, new MallError('HELLO_NEEDED', 'the stream ended'))
  if (items.length === 0) return
  stream.busy = true
  stream.cursor = items.at(-1)?.cursor ?? stream.cursor
  const text = `stream ${items.map((item) => JSON.parse(item.text).kind).join(' ')}`
  let isTaken = false
  const batch = items.map((item) => ({ cursor: item.cursor, change: Change.parse(JSON.parse(item.text)) }))
  world.send(
    'server',
    desk.name,
    text,
    () => {
      // A batch of a connection that is gone; and on one connection nothing comes twice.
      if (isTaken || desk.life !== life || desk.stream !== stream) return
      isTaken = true
      stream.busy = false
      const isNewConfig = batch.some(({ change }) => change.kind === 'config')
      if (isNewConfig) world.run(refreshConfig(world, desk).catch((error) => loseContact(world, desk, error)))
      const { answers } = takeChanges(up(desk).context, batch)
      for (const answer of answers) world.run(answerRecall(world, desk, answer))
    },
    () => {
      if (desk.stream === stream) loseContact(world, desk, new MallError('UNREACHABLE', 'the stream broke'))
    },
  )
}

/** Recall answers travel alone; one that is lost is left to the pushed event. */
async function answerRecall(world: World, desk: DeskNode, answer: RecallAnswerRequest): Promise<void> {
  world.note(desk.name, `answers a recall: ${answer.answer}`)
  await world.ask(desk, 'recall-answer', answer, 1_000, RecallAnswerReply).catch(onlyMallError)
}

export async function heartbeat(world: World, desk: DeskNode): Promise<void> {
  const device = up(desk).repositories.device.get()
  const session = up(desk).repositories.desk.get()
  const request = {
    incarnation: device?.incarnation ?? 1,
    epoch: session.open ? (session.counter?.epoch ?? null) : null,
  }
  await world.ask(desk, 'heartbeat', request, 2_000, HeartbeatReply).catch((error) => loseContact(world, desk, error))
}

async function refreshConfig(world: World, desk: DeskNode): Promise<void> {
  const { config } = await world.ask(desk, 'config', {}, HELLO_MS, ConfigReply)
  const { context } = up(desk)
  if (config.version === context.config()?.version) return
  takeConfig(context, config)
  world.counts.add('profile.change')
}

function loseContact(world: World, desk: DeskNode, error: unknown): void {
  const { code } = onlyMallError(error)
  world.note(desk.name, `loses contact: ${code}`)
  if (desk.running) takeRefusal(desk.running.context, code)
  desk.phase = 'off'
  desk.stream = null
}

function onlyMallError(error: unknown): MallError {
  if (error instanceof MallError) return error
  throw error
}

function up(desk: DeskNode): Running {
  if (!desk.running) throw new Abandoned(`${desk.name} is down`)
  return desk.running
}
