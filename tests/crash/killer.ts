/** Kills processes at random moments, most of them aimed at the moments that could lose something. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Desk } from '#tests/crash/desk.ts'
import { within } from '#tests/crash/signal.ts'
import type { World } from '#tests/crash/world.ts'
import type { Random } from '#tests/sim/random.ts'

export type Kill = {
  /** A desk's name, or null for the server. */
  desk: string | null
  at: number
  whileStarting: boolean
  /** The command that this host had and had not answered. */
  command: ReturnType<Desk['underWay']>
  /** Nothing stood between that command and its commit: it does not ask the server first. */
  isAtCommit: boolean
  /** Desks with a push under way that this death cut off, and how far the server had acknowledged their events. */
  pushes: readonly { desk: string; acknowledgedSeq: number }[]
}

type Aim = 'command' | 'push' | 'random' | 'start'

/** So many are after somebody at the same time: while one victim comes back another dies. */
const KILLERS = 3
/** Answers that a victim gives before somebody is after it: commands of a host, pushes of the server, which takes longer. */
const LONGEST_LIFE = { host: 8, server: 3 }
/** Longest wait for a victim to be of use again, or for what a kill is aimed at. Then it dies as it is. */
const PATIENCE_MS = 10_000
const AIM_MS = 4_000
/** From the aimed-at moment to the kill: a commit is on the disk within about that time. */
const AFTER_AIM_MS = [0, 0, 1, 2, 3, 4]

type Hunt = { world: World; kills: number; random: Random; isOver(): boolean }

/** Ends early when it is over for another reason. */
export async function killMany({ world, kills, random, isOver }: Hunt): Promise<Kill[]> {
  const done: Kill[] = []
  const chased = new Set<Desk | null>()
  let left = kills

  async function hunt(): Promise<void> {
    while (left > 0 && !isOver()) {
      left -= 1
      const victim = pickVictim(world, chased, random)
      chased.add(victim)
      const kill = await killOne(world, victim, random)
      if (kill) done.push(kill)
      // It was dead already.
      else left += 1
      chased.delete(victim)
    }
  }

  await Promise.all(Array.from({ length: KILLERS }, hunt))
  return done
}

/** Null is the server. */
function pickVictim({ desks }: World, chased: ReadonlySet<Desk | null>, random: Random): Desk | null {
  if (!chased.has(null) && random.chance(0.35)) return null
  return random.pick(desks.filter((desk) => !chased.has(desk)))
}

async function killOne(world: World, victim: Desk | null, random: Random): Promise<Kill | null> {
  const aim: Aim = victim
    ? random.weighted({ command: 6, push: 3, random: 1.5, start: 0.5 })
    : random.weighted({ command: 0, push: 6, random: 3, start: 1 })
  const life = random.below(victim ? LONGEST_LIFE.host : LONGEST_LIFE.server)
  const isOfUse = () => (victim ? victim.answers() : world.serverAnswers()) > life
  if (aim !== 'start') await within(PATIENCE_MS, isOfUse)
  if (victim && aim === 'command') await aimAtCommand(victim, random)
  else if (aim === 'push') await Promise.race((victim ? [victim] : world.desks).map((desk) => desk.pushed.next(AIM_MS)))
  else await delay(random.below(250))
  await pause(random)
  return strike(world, victim)
}

/** Mostly at one that commits at once: a call asks the server first, and when it commits is not seen from outside. */
async function aimAtCommand({ sent, underWay }: Desk, random: Random): Promise<void> {
  await sent.next(AIM_MS)
  if (underWay()?.method === 'queue.callNext' && random.chance(0.8)) await sent.next(AIM_MS)
}

async function pause(random: Random): Promise<void> {
  const ms = random.pick(AFTER_AIM_MS)
  if (ms > 0) await delay(ms)
  else if (random.chance(0.5)) await new Promise(setImmediate)
}

function strike({ server, desks }: World, victim: Desk | null): Kill | null {
  const process = victim?.victim ?? server
  const whileStarting = !process.isReady()
  const command = victim && !whileStarting ? victim.underWay() : null
  const isAtCommit = command !== null && command.method !== 'queue.callNext' && !victim?.wire.isAsking()
  const cut = victim
    ? [victim].filter(({ wire }) => wire.isPushing('host'))
    : desks.filter(({ wire }) => wire.isPushing('server'))
  const pushes = cut.map((desk) => ({ desk: desk.place.name, acknowledgedSeq: desk.acknowledgedSeq() }))
  if (!process.kill()) return null
  return { desk: victim?.place.name ?? null, at: Date.now(), whileStarting, command, isAtCommit, pushes }
}
