/** What people at desks do: every command of the contract that moves custody, and changing officers. */
import type { MethodName } from '#contract/desk-api.ts'
import { plannedPauseOf } from '#domain/counter-facts.ts'
import { mallNow } from '#main/host/context.ts'
import { recordFacts } from '#main/host/record.ts'
import { configuredServices } from '#main/host/services.ts'
import type { DeskNode, Running } from '#tests/sim/desk-node.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import { configOf, PAID_SERVICE } from '#tests/sim/sim-mall.ts'
import type { World } from '#tests/sim/world.ts'

type Ref = { visitId: string; entryNo: number }
type Choice = { name: string; run: () => Promise<string> | string }

/** Somebody at this desk does something that makes sense there. Returns what to write into the history. */
export function chooseCommand(world: World, desk: DeskNode): Choice | null {
  const { running } = desk
  if (!running || desk.busy) return null
  const session = running.repositories.desk.get()
  if (!session.officerId || session.launchId !== running.context.launchId) return officerChange(world, desk, running)
  if (desk.counterId === null)
    return world.random.chance(0.95) ? issue(world, desk) : officerChange(world, desk, running)
  const weights = weightsOf(world, desk, running)
  const able = Object.entries(weights).filter(([, weight]) => weight > 0)
  return able.length === 0 ? null : commandOf(world, desk, running, world.random.weighted(Object.fromEntries(able)))
}

function weightsOf(world: World, desk: DeskNode, { repositories }: Running): Record<string, number> {
  const session = repositories.desk.get()
  const current = repositories.entries.current()
  const slip = world.slips.length > 0 ? (desk.phase === 'on' ? 0.5 : 1.5) : 0
  if (current) {
    const isCalled = current.status === 'called'
    return {
      'queue.startServing': isCalled ? 5 : 0,
      'queue.callAgain': isCalled ? 0.7 : 0,
      'queue.noShow': isCalled ? 0.7 : 0,
      'queue.undo': isCalled ? 0.7 : 0,
      'queue.complete': isCalled ? 0 : 4,
      'queue.returnToQueue': 0.7,
      'queue.hold': 0.7,
      'queue.cancel': 0.5,
      'queue.forward': 1.5,
      'queue.transfer': 1,
    }
  }
  if (!session.open) return { 'counter.open': 4, 'queue.present': slip, 'officer.change': 0.2 }
  return {
    'queue.callNext': 6,
    'queue.present': slip,
    'queue.release': repositories.hand.allHeld().length > 0 ? 0.6 : 0,
    'queue.resume': world.aside(desk, 'on_hold').length > 0 ? 1.5 : 0,
    'queue.callBack': world.aside(desk, 'no_show').length > 0 ? 0.8 : 0,
    'queue.undo': 1.2,
    'visit.issueHere': desk.phase === 'on' ? 0.05 : 0.8,
    'counter.close': 0.4,
    'counter.pause': session.paused ? 0 : 0.3,
    'counter.resume': session.paused ? 3 : 0,
    'counter.chooseServices': 0.5,
    'pause.planned': session.paused ? 0 : 0.15,
    'officer.change': 0.3,
  }
}

function commandOf(world: World, desk: DeskNode, running: Running, name: string): Choice | null {
  const { random } = world
  const { repositories } = running
  const current = repositories.entries.current()
  const on = (ref: Ref | undefined | null, extra: object = {}) =>
    ref ? invoke(world, desk, name as MethodName, { visitId: ref.visitId, entryNo: ref.entryNo, ...extra }) : null
  const services = configOf(1).services.map(({ id }) => id)
  switch (name) {
    case 'officer.change':
      return officerChange(world, desk, running)
    case 'queue.hold':
      return on(current, { reason: random.pick(['fetch_documents', 'payment', 'awaiting_result', 'other']) })
    case 'queue.cancel':
      return on(current, { reason: random.pick(['visitor_left', 'wrong_service', 'duplicate', 'other']) })
    case 'queue.complete':
      return on(current, {
        outcome: random.pick(['delivered', 'rejected', 'incomplete']),
        paymentReference: current?.serviceId === PAID_SERVICE ? `NTPN/${current.label}` : null,
      })
    case 'queue.forward':
      return on(current, { toServiceId: random.pick(services), handsOver: null })
    case 'queue.transfer': {
      const toServiceId = random.pick(services)
      const able = world.config.counters.filter((counter) => counter.serviceIds.includes(toServiceId))
      const toCounterId = able.length > 0 && random.chance(0.5) ? random.pick(able).id : null
      return on(current, { toServiceId, toCounterId })
    }
    case 'queue.resume':
      return on(random.pick(world.aside(desk, 'on_hold')))
    case 'queue.callBack':
      return on(random.pick(world.aside(desk, 'no_show')))
    case 'queue.release':
      return on(random.pick(repositories.hand.allHeld()))
    case 'queue.startServing':
    case 'queue.callAgain':
    case 'queue.noShow':
    case 'queue.returnToQueue':
      return on(current)
    case 'queue.present':
      return present(world, desk)
    case 'counter.pause':
      return invoke(world, desk, name, {
        reason: random.pick(['break', 'prayer', 'meeting', 'technical', 'other']),
        backAt: random.chance(0.5) ? world.time.now + 15 * 60_000 : null,
      })
    case 'counter.close':
      return invoke(world, desk, name, { settle: settled(world, desk) })
    case 'counter.chooseServices': {
      const mine = configuredServices(running.context)
      const some = mine.filter(() => random.chance(0.6))
      return invoke(world, desk, name, { serviceIds: some.length > 0 ? some : mine })
    }
    case 'pause.planned':
      return { name, run: () => planPause(running) }
    case 'visit.issueHere': {
      const mine = world.config.counters.find(({ id }) => id === desk.counterId)?.serviceIds ?? services
      return invoke(world, desk, name, { serviceId: random.pick(mine), priority: priority(world) })
    }
    default:
      return invoke(world, desk, name as MethodName, {})
  }
}

function issue(world: World, desk: DeskNode): Choice {
  const isJourney = world.random.chance(0.25)
  const serviceId = isJourney ? 'hilang' : world.random.pick(['ktp', 'ktp', 'kk', 'hilang', 'pajak'])
  return invoke(world, desk, 'visit.issue', {
    serviceId,
    priority: priority(world),
    journeyId: isJourney ? 'ktp-hilang' : null,
  })
}

function priority(world: World) {
  return world.random.chance(0.2) ? world.random.pick(['elderly', 'disability', 'pregnant']) : null
}

/** At closing time some of those who were set aside are given to others, some are cancelled, the rest stay. */
function settled(world: World, desk: DeskNode) {
  const aside = [...world.aside(desk, 'on_hold'), ...world.aside(desk, 'no_show')]
  return aside
    .filter(() => world.random.chance(0.5))
    .map((ref) => ({ ...ref, to: world.random.chance(0.7) ? 'return' : 'cancel' }))
}

/** The mall's schedule says so now, whatever day it is. */
function planPause({ context, store, repositories }: Running): string {
  const { open, paused, counter } = repositories.desk.get()
  if (!open || paused || !counter || repositories.entries.current()) return 'not now'
  const window = { reason: 'prayer', to: mallNow(context) + 60_000 } as const
  store.transaction(() => recordFacts(context, [plannedPauseOf(counter, window)], null))
  return 'paused'
}

/** A visitor shows a slip: mostly as it was printed, sometimes one that somebody painted on. */
function present(world: World, desk: DeskNode): Choice {
  const text = world.random.pick(world.random.chance(0.75) ? slipsFor(world, desk) : world.slips)
  const isAltered = world.random.chance(0.1)
  const scanned = isAltered
    ? text.replace(/;([0-9A-Z]+)-([0-9])/, (_all, prefix, digit) => `;${prefix}-${9 - digit}`)
    : text
  return invoke(world, desk, 'queue.present', { slip: { scanned } })
}

/** People go to a counter that serves what stands on their slip, and mostly with the one that they have just been given. */
function slipsFor(world: World, desk: DeskNode): readonly string[] {
  const serviceIds = world.config.counters.find(({ id }) => id === desk.counterId)?.serviceIds ?? []
  const fitting = world.slips.filter((text) => serviceIds.includes(text.split(';')[4] ?? ''))
  return fitting.length > 0 ? fitting.slice(-8) : world.slips
}

/** The session's hand stays with the counter. */
function officerChange(world: World, desk: DeskNode, _running: Running): Choice {
  return { name: 'officer.change', run: () => world.signIn(desk) }
}

function invoke(world: World, desk: DeskNode, name: MethodName, input: object): Choice {
  return {
    name,
    async run() {
      const commandId = world.random.uuid()
      const handler = desk.running?.handlers[name] as (
        input: unknown,
      ) => Promise<{ ok: boolean; code?: string; data?: unknown }>
      const result = await handler({ commandId, ...input })
      world.told(desk, name, result)
      if (result.ok && world.random.chance(0.06)) await again(world, desk, { name, commandId, ...input }, result.data)
      return result.ok ? JSON.stringify(result.data) : `refused ${result.code}`
    },
  }
}

/** The answer was lost on its way to the screen, so the screen asks once more: the first result, and nothing else. */
async function again(world: World, desk: DeskNode, input: { name: MethodName; commandId: string }, first: unknown) {
  const { name, ...rest } = input
  const handler = desk.running?.handlers[name] as
    | ((input: unknown) => Promise<{ ok: boolean; data?: unknown }>)
    | undefined
  const second = await handler?.(rest)
  world.counts.add('row.answer_lost_or_duplicated')
  if (second && JSON.stringify(second.data) !== JSON.stringify(first)) {
    throw new InvariantBroken('COMMAND_TWICE', `${name}: ${JSON.stringify(first)}, then ${JSON.stringify(second)}`)
  }
}
