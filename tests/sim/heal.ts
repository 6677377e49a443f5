/** Everything is mended and everybody works on until nothing is left: the liveness half of the proof, and the balance. */

import type { MethodName } from '#contract/desk-api.ts'
import { verifyStore } from '#db/verify.ts'
import { configuredServices, permittedServices, takenServices } from '#main/host/services.ts'
import type { DeskNode } from '#tests/sim/desk-node.ts'
import { contact, follow, heartbeat, push } from '#tests/sim/engine.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import { settleDesk } from '#tests/sim/supervise.ts'
import { settle } from '#tests/sim/virtual-time.ts'
import type { World } from '#tests/sim/world.ts'
import { sha256 } from '#tests/support/sha256.ts'

/** Rounds of everybody doing what there is to do. A healthy mall of this size needs a fraction of it. */
const ROUNDS = 150
/** Rounds in a row with nothing left to do. */
const QUIET = 3

export async function healAndFinish(world: World): Promise<void> {
  world.note('world', 'everything is mended')
  world.network.healAll()
  await world.server.start()
  await world.checkAcknowledged()
  let quiet = 0
  for (let round = 0; round < ROUNDS && quiet < QUIET; round += 1) {
    world.history.step += 1
    const worked = await workRound(world, round)
    quiet = worked || (await isWorkLeft(world)) ? 0 : quiet + 1
    if (world.failure) throw world.failure
  }
  await checkNothingLeft(world)
  await checkBalance(world)
}

/** Nine o'clock: everybody is there, connected and open, and the first visitors have their numbers. */
export async function openMall(world: World): Promise<void> {
  for (const desk of world.desks) {
    desk.start()
    world.signIn(desk)
    await drive(world, contact(world, desk))
  }
  // Sometimes all that a restored server will know is how the day began.
  if (world.random.chance(0.5)) await world.server.backup()
  for (const desk of world.desks) {
    if (desk.counterId !== null && desk.name !== 'a2') await invoke(world, desk, 'counter.open', {})
    // The other front desk comes a little later: both lease their blocks when somebody asks for the first number.
    if (desk.name !== 'tamu') continue
    for (const serviceId of ['ktp', 'ktp', 'hilang', 'ktp', 'kk']) {
      await invoke(world, desk, 'visit.issue', { serviceId, priority: null, journeyId: null })
    }
  }
}

async function workRound(world: World, round: number): Promise<boolean> {
  let worked = false
  for (const desk of world.desks) {
    desk.start()
    if (desk.phase === 'off') await drive(world, contact(world, desk))
    // Whoever lives speaks for itself; only after a while somebody is given up.
    const isLate = round > ROUNDS / 4
    const need = (await world.server.running?.allNeeds())?.get(desk.place.deviceId)
    // A hand whose desk lives comes back by its own act; only what no desk can do is left to the supervisor.
    if (need === 'readmit' || (need === 'dismiss' && isLate)) {
      await settleDesk(world, desk, need)
      worked = true
    }
    if (desk.phase === 'on') {
      await drive(world, heartbeat(world, desk))
      await drive(world, follow(world, desk))
      if (!desk.pushing) await drive(world, push(world, desk))
    }
    if (desk.phase === 'on' && desk.counterId) worked = (await serve(world, desk)) || worked
    await settle()
    world.watch()
  }
  // Withheld give-aways become due, heartbeats age, timeouts of lost requests fire.
  await world.advance(1_000)
  world.watch()
  return worked
}

/** Runs something to its end, delivering whatever is on its way. */
async function drive(world: World, work: Promise<void>): Promise<void> {
  let isDone = false
  world.run(work.finally(() => (isDone = true)))
  for (let turn = 0; turn < 400 && !isDone; turn += 1) {
    await settle()
    if (isDone) break
    const message = world.network.first()
    if (message) {
      world.network.take(message)
      world.note(`${message.from}>${message.to}`, message.text)
      await message.deliver()
      await settle()
      world.watch()
    } else {
      // Streams are live meanwhile: who is asked for an entry answers.
      for (const desk of world.desks) if (desk.phase === 'on') await follow(world, desk)
      if (!world.network.first()) await world.advance(25)
    }
  }
  await settle()
  if (world.failure) throw world.failure
}

/** One thing that this counter has to do. Returns whether there was any. */
async function serve(world: World, desk: DeskNode): Promise<boolean> {
  const { running } = desk
  if (!running || desk.busy) return false
  const { repositories } = running
  const session = repositories.desk.get()
  if (!session.officerId) {
    world.signIn(desk)
    return true
  }
  const current = repositories.entries.current()
  const ref = current && { visitId: current.visitId, entryNo: current.entryNo }
  if (ref && current.status === 'called') return invoke(world, desk, 'queue.startServing', ref)
  if (ref)
    return invoke(world, desk, 'queue.complete', {
      ...ref,
      outcome: 'delivered',
      paymentReference: null,
      delivered: null,
    })
  // On a break nobody comes to the desk.
  if (session.open && session.paused) return invoke(world, desk, 'counter.resume', {})
  const [aside] = world.aside(desk, 'on_hold')
  if (aside) return invoke(world, desk, 'queue.resume', aside)
  if (!session.open) {
    if (!(await world.server.running?.mayOpen(desk.place.deviceId))) return false
    return invoke(world, desk, 'counter.open', {})
  }
  const everything = configuredServices(running.context)
  if (takenServices(running.context).length < everything.length) {
    const isPermitted = permittedServices(running.context, session.officerId).length === everything.length
    if (!isPermitted) {
      world.signIn(desk)
      return true
    }
    return invoke(world, desk, 'counter.chooseServices', { serviceIds: everything })
  }
  return invoke(world, desk, 'queue.callNext', {})
}

async function invoke(world: World, desk: DeskNode, name: MethodName, input: object): Promise<boolean> {
  let worked = false
  const work = async () => {
    const handler = desk.running?.handlers[name] as (input: unknown) => Promise<{ ok: boolean; code?: string }>
    const result = await handler({ commandId: world.random.uuid(), ...input })
    if (name !== 'queue.callNext' || result.ok) world.note(desk.name, `${name}: ${result.ok ? 'ok' : result.code}`)
    worked = result.ok
  }
  desk.busy = true
  const { life } = desk
  await drive(
    world,
    work().finally(() => {
      if (desk.life === life) desk.busy = false
    }),
  )
  return worked
}

async function isWorkLeft(world: World): Promise<boolean> {
  if (world.network.inFlight.length > 0) return true
  for (const desk of world.desks) {
    if (desk.phase !== 'on') return true
    const { repositories } = desk.running ?? {}
    const device = repositories?.device.get()
    if (device && repositories && repositories.events.head(device.generation).seq > device.acked_seq) return true
  }
  return false
}

async function checkNothingLeft(world: World): Promise<void> {
  const open = (await world.server.running?.openEntries(world.today)) ?? []
  const left = open.filter(({ key }) => !world.tracker.isForgiven(key))
  if (left.length > 0) {
    const text = left.map(({ key, status, holder, grant }) => {
      const desk = world.desks.find((one) => one.place.deviceId === holder)
      return `${world.tracker.name(key)} ${status} at ${desk?.name ?? 'nobody'} under ${grant}, there ${desk?.whatIsKnownOf(key)}`
    })
    throw new InvariantBroken('NOT_CALLED', text.join(', '))
  }
  for (const desk of world.desks) {
    if (desk.phase !== 'on') throw new InvariantBroken('NOT_CONNECTED', `${desk.name} is ${desk.phase}`)
  }
}

async function checkBalance(world: World): Promise<void> {
  for (const desk of world.desks) {
    const { running } = desk
    if (!running) continue
    const verdict = verifyStore(running.store, running.repositories, sha256)
    if (!verdict.ok) throw new InvariantBroken('STORE_DOES_NOT_VERIFY', `${desk.name}: ${JSON.stringify(verdict)}`)
    const difference = await world.server.running?.differenceTo(desk, world.tracker)
    if (difference) throw new InvariantBroken('REPLICAS_DIFFER', `${desk.name}: ${difference}`)
  }
  for (const { key, deviceId, status } of (await world.server.running?.winners()) ?? []) {
    const [visitId = ''] = key.split('/')
    if (deviceId === null && status === 'cancelled' && !world.tracker.takenBack.has(visitId)) {
      throw new InvariantBroken('CANCELLED_BY_NOBODY', world.tracker.name(key))
    }
    world.tracker.claims.checkWinner(world.tracker.name(key), key, deviceId)
  }
  world.counts.add('row.two_acts_on_one_entry', (await world.server.running?.contestedEntries()) ?? 0)
  const fault = await world.server.running?.fault()
  if (fault) throw new InvariantBroken('SERVER_DOES_NOT_VERIFY', fault)
}
