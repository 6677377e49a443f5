/** What goes wrong, each as one act of the world. */
import { join } from 'node:path'
import { HelloReply } from '#contract/wire/hello.ts'
import { helloRequest, takeHello } from '#main/host/sync/steps/hello.ts'
import type { DeskNode } from '#tests/sim/desk-node.ts'
import type { World } from '#tests/sim/world.ts'

const DAY_MS = 86_400_000

export async function crashDesk(world: World, desk: DeskNode): Promise<void> {
  if (world.random.chance(0.4)) cutPower(world, desk)
  else {
    world.note(desk.name, 'its host dies')
    world.counts.add('fault.desk_crash')
    desk.crash()
  }
  world.network.dropAll(desk.name)
  // Mostly the shell starts it again at once; sometimes the PC is gone for a while, and booted anew.
  if (world.random.chance(0.7)) desk.start()
  else if (world.random.chance(0.5)) cutPower(world, desk)
}

/** Counted when it took something: then the disk knows less than the desk did. */
function cutPower(world: World, desk: DeskNode): void {
  const hasLost = desk.cutPower()
  world.note(desk.name, hasLost ? 'loses its power and what was not on its disk yet' : 'loses its power')
  if (hasLost) world.counts.add('fault.desk_power_cut')
}

export async function crashServer(world: World): Promise<void> {
  world.note('server', 'dies')
  world.counts.add('fault.server_crash')
  await world.server.crash()
  world.network.dropAll('server')
  for (const desk of world.desks) {
    desk.phase = 'off'
    desk.stream = null
  }
  if (world.random.chance(0.5)) {
    await world.server.start()
    await world.checkAcknowledged()
  }
}

export async function restoreServer(world: World): Promise<void> {
  const isByHand = world.random.chance(0.4)
  world.note('server', 'is restored from its backup')
  world.counts.add('fault.server_restore')
  world.forgetAcknowledged()
  world.tracker.serverForgets()
  world.network.dropAll('server')
  await world.server.restore(async (before) => isByHand && (await findsItOut(world, before)))
  for (const desk of world.desks) {
    desk.phase = 'off'
    desk.stream = null
  }
}

/** Somebody copies the disk of a workstation while it runs: mostly of one with a hand, which the copy must not play. */
export function copyDesk(world: World): void {
  const holding = world.desks.filter((desk) => desk.custody().some(({ how }) => how === 'held'))
  const desk = world.random.pick(holding.length > 0 && world.random.chance(0.7) ? holding : world.desks)
  if (desk.backup(join(desk.folder, 'copy'))) world.note(desk.name, 'its disk is copied')
}

/**
 * A server that was restored by hand does not know it until a device that knows more speaks; what it gives out until then is
 * nobody's to prevent. So such a device speaks first, if there is one, and mostly never hears the answer.
 */
async function findsItOut(world: World, before: number): Promise<boolean> {
  const { running } = world.server
  for (const desk of world.desks) {
    const context = desk.running?.context
    const device = context?.repositories.device.get()
    if (!running || !context || !device || context.identity.inDoubt()) continue
    if (device.incarnation !== before || device.signed_generation !== device.generation) continue
    const stored = await running.headSeq(desk.place.deviceId, device.generation)
    if (stored >= (device.signed_seq ?? 0)) continue
    world.note(desk.name, 'tells the server that it has lost something')
    const reply = await running.handle('hello', desk.place.deviceId, helloRequest(context))
    if (reply.ok && world.random.chance(0.3)) takeHello(context, HelloReply.parse(reply.body))
    return reply.ok
  }
  return false
}

/** An old copy of a workstation's disk comes back. What was done since is gone for ever, so nobody can be blamed for it. */
export async function restoreDesk(world: World): Promise<void> {
  // A copy that is put back before the next connection is the stated exception: nothing on the machine tells it apart.
  const copied = world.desks.filter(({ isCopyStale }) => isCopyStale)
  if (copied.length === 0) return
  const desk = world.random.pick(copied)
  world.note(desk.name, 'its disk is put back as it was')
  world.counts.add('fault.desk_restore')
  await world.excuseAllOf(desk)
  for (const key of desk.everTouched()) world.tracker.forgive(key)
  world.network.dropAll(desk.name)
  const generation = desk.running?.repositories.device.get()?.generation ?? 1
  world.tracker.deskForgets(desk.name, { generation, seq: await storedSeq(world, desk, generation) })
  desk.restore(join(desk.folder, 'copy'))
  desk.forgetSeen()
  world.sessions.forget(desk.name)
  world.restored.add(desk.name)
  world.forgetAcknowledgedOf(desk)
  await world.excuseAllOf(desk)
  for (const key of desk.everTouched()) world.tracker.forgive(key)
}

/** How much of a chain the server has. One that is down has what it acknowledged. */
async function storedSeq(world: World, desk: DeskNode, generation: number): Promise<number> {
  const { running } = world.server
  return running ? running.headSeq(desk.place.deviceId, generation) : world.acknowledgedOf(desk, generation)
}

export function jumpClock(world: World, desk: DeskNode): void {
  desk.wallError = world.random.pick([0, 3_600_000, -3_600_000, DAY_MS, -DAY_MS, 90_000, -700])
  world.note(desk.name, `its clock is off by ${desk.wallError} ms`)
  world.counts.add('fault.clock_jump')
}

export function cutOff(world: World, desk: DeskNode): void {
  if (world.network.isCut(desk.name, 'server')) {
    world.note(desk.name, 'is connected again')
    world.network.heal(desk.name, 'server')
    return
  }
  world.note(desk.name, 'is cut off')
  world.counts.add('fault.partition')
  world.network.cut(desk.name, 'server')
  // The connection breaks for both at once or is only noticed later: then messages wait.
  if (world.random.chance(0.5)) world.network.dropAll(desk.name)
  if (world.random.chance(0.7)) {
    desk.phase = 'off'
    desk.stream = null
  }
}
