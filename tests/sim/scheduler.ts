/** Chooses what happens next. */
import { chooseCommand } from '#tests/sim/commands.ts'
import type { DeskNode } from '#tests/sim/desk-node.ts'
import { contact, follow, heartbeat, push } from '#tests/sim/engine.ts'
import { copyDesk, crashDesk, crashServer, cutOff, jumpClock, restoreDesk, restoreServer } from '#tests/sim/faults.ts'
import { changeConfig, supervise } from '#tests/sim/supervise.ts'
import { settle } from '#tests/sim/virtual-time.ts'
import type { World } from '#tests/sim/world.ts'

const WEIGHTS = {
  command: 60,
  flow: 26,
  deliver: 26,
  engine: 16,
  time: 10,
  lose: 1.2,
  repeat: 1.5,
  cut: 1.6,
  deskCrash: 0.8,
  serverCrash: 0.5,
  serverBackup: 0.4,
  serverRestore: 0.5,
  deskCopy: 1,
  deskRestore: 1,
  clock: 0.5,
  config: 0.5,
  supervise: 2,
} as const

export async function step(world: World): Promise<void> {
  const { random } = world
  world.history.step += 1
  await act(world, random.weighted(WEIGHTS))
  await settle()
  world.watch()
}

async function act(world: World, kind: keyof typeof WEIGHTS): Promise<void> {
  const { random } = world
  const desk = random.pick(world.desks)
  switch (kind) {
    case 'command':
      return command(world, busyDesk(world))
    case 'flow':
      return flow(world)
    case 'deliver':
      return deliver(world, random.chance(0.08))
    case 'engine':
      return engine(world, desk)
    case 'time':
      return passTime(world)
    case 'lose':
      return lose(world)
    case 'repeat':
      return repeat(world)
    case 'cut':
      return cutOff(world, desk)
    case 'deskCrash':
      return desk.isUp ? crashDesk(world, desk) : desk.start()
    case 'serverCrash':
      return crashServer(world)
    case 'serverBackup':
      return world.server.backup()
    case 'serverRestore':
      return world.server.hasBackup ? restoreServer(world) : world.server.backup()
    case 'deskCopy':
      return copyDesk(world)
    case 'deskRestore':
      return restoreDesk(world)
    case 'clock':
      return jumpClock(world, desk)
    case 'config':
      return changeConfig(world)
    case 'supervise':
      return supervise(world)
  }
}

/** Where people are: hardly ever at the second PC. */
function busyDesk(world: World): DeskNode {
  const name = world.random.weighted({ tamu: 1.8, tamu2: 1.2, a: 2, b: 2, c: 2, d: 2, a2: 0.6 })
  const desk = world.desks.find((one) => one.name === name)
  if (!desk) throw new Error(`there is no desk ${name}`)
  return desk
}

/** A quiet moment: everybody who is connected follows and pushes, and what is on its way arrives. */
async function flow(world: World): Promise<void> {
  for (const desk of world.desks) {
    if (desk.phase !== 'on') continue
    if (world.random.chance(0.3)) world.run(heartbeat(world, desk))
    if (!desk.pushing) world.run(push(world, desk))
    world.run(follow(world, desk))
  }
  for (let n = world.random.below(40); n > 0; n -= 1) {
    await settle()
    if (world.network.inFlight.length === 0) break
    await deliver(world, world.random.chance(0.03))
    await settle()
    world.watch()
  }
  await world.advance(world.random.below(20))
}

async function command(world: World, desk: DeskNode): Promise<void> {
  if (!desk.isUp) return desk.start()
  const choice = chooseCommand(world, desk)
  if (!choice) return
  const { life } = desk
  desk.busy = true
  world.note(desk.name, choice.name)
  const work = async () => {
    const result = await choice.run()
    world.note(desk.name, `${choice.name}: ${result}`)
    if (!result.startsWith('refused')) world.counts.add(choice.name)
  }
  world.run(
    work().finally(() => {
      if (desk.life === life) desk.busy = false
    }),
  )
}

async function deliver(world: World, outOfOrder: boolean): Promise<void> {
  const { network, random } = world
  const message = outOfOrder ? network.choose(random) : network.first()
  if (!message) return
  if (network.inFlight[0] !== message) world.counts.add('fault.reorder')
  network.take(message)
  if (world.time.now - message.sentAt > 500) world.counts.add('fault.delay')
  world.note(`${message.from}>${message.to}`, message.text)
  await message.deliver()
}

async function lose(world: World): Promise<void> {
  const message = world.network.choose(world.random)
  if (!message) return
  world.network.take(message)
  world.note(`${message.from}>${message.to}`, `${message.text} is lost`)
  message.lost?.()
  world.counts.add('fault.loss')
  world.counts.add('row.answer_lost_or_duplicated')
}

async function repeat(world: World): Promise<void> {
  const message = world.network.choose(world.random)
  if (!message) return
  world.note(`${message.from}>${message.to}`, `${message.text} arrives and is still on its way`)
  world.counts.add('fault.duplicate')
  world.counts.add('row.answer_lost_or_duplicated')
  await message.deliver()
}

/** One desk's engine takes a turn: connects, follows, pushes, says that it is alive. */
async function engine(world: World, desk: DeskNode): Promise<void> {
  if (!world.server.isUp && world.random.chance(0.15)) {
    await world.server.start()
    return world.checkAcknowledged()
  }
  if (!desk.isUp) return
  if (desk.phase === 'off') return world.run(contact(world, desk))
  if (desk.phase !== 'on') return
  const turn = world.random.weighted({ follow: 5, push: 5, heartbeat: 2 })
  if (turn === 'follow') return world.run(follow(world, desk))
  if (turn === 'push' && !desk.pushing) return world.run(push(world, desk))
  return world.run(heartbeat(world, desk))
}

async function passTime(world: World): Promise<void> {
  const { random } = world
  const kind = random.weighted({ short: 12, seconds: 5, long: 1 })
  const ms =
    kind === 'short'
      ? random.below(120)
      : kind === 'seconds'
        ? 500 + random.below(9_000)
        : 15_000 + random.below(60_000)
  const before = world.today
  await world.advance(ms)
  if (world.today !== before) {
    world.note('world', `midnight: ${world.today}`)
    world.counts.add('fault.midnight')
  }
}
