/** One round: a mall is opened, killed again and again, settled, ended, and its disks are held against the journal. */

import { checkFacts } from '#tests/crash/check-facts.ts'
import { type Breach, checkPromises } from '#tests/crash/check-promises.ts'
import { liveThrough } from '#tests/crash/day.ts'
import { type Evidence, readEvidence } from '#tests/crash/evidence.ts'
import { type Kill, killMany } from '#tests/crash/killer.ts'
import type { JournalRecord } from '#tests/crash/records.ts'
import { openWorld } from '#tests/crash/world.ts'
import { createRandom } from '#tests/sim/random.ts'

/** `folder`: the disks and the journal, kept when there is a breach. */
export type CrashReport = { counts: CrashCounts; breaches: readonly Breach[]; folder: string }

export type CrashCounts = {
  kills: number
  host: number
  server: number
  /** Of a host between a command and its answer, waiting for nobody; and how many of these had committed by then. */
  insideCommit: number
  committedUnanswered: number
  /** Of a host or the server with a push under way; and how many had been committed by then, unknown to the workstation. */
  insidePush: number
  storedUnacknowledged: number
  /** Either of both. */
  inside: number
  whileStarting: number
  /** Promises in the journal. */
  acknowledged: number
  shown: number
  pushesAcknowledged: number
  events: number
  lost: number
  twice: number
  wrong: number
  seconds: number
}

/** The seed decides who dies and what people do; the moments belong to the machine. */
export async function runCrash({ kills, seed }: { kills: number; seed: number }): Promise<CrashReport> {
  const began = performance.now()
  const random = createRandom(seed)
  const world = await openWorld()
  const surprises: string[] = []
  let isOver = false
  let keepFolder = true
  try {
    const day = liveThrough({
      random,
      desks: world.desks,
      isOver: () => isOver,
      onSurprise: (what) => surprises.push(what),
    })
    const killing = killMany({ world, kills, random, isOver: () => isOver }).finally(() => {
      isOver = true
    })
    const [done] = await Promise.all([killing, day])
    surprises.push(...(await world.settle()))
    const journal = world.journal.read()
    const evidence = await readEvidence(world.folder)
    const breaches: Breach[] = [
      ...surprises.map((what): Breach => ({ kind: 'wrong', what })),
      ...checkPromises(journal, evidence),
      ...checkFacts(evidence),
    ]
    keepFolder = breaches.length > 0
    const seconds = Math.round((performance.now() - began) / 100) / 10
    return { counts: count(done, journal, evidence, breaches, seconds), breaches, folder: world.folder }
  } finally {
    isOver = true
    await world.close(keepFolder)
  }
}

function count(
  kills: readonly Kill[],
  journal: readonly JournalRecord[],
  { desks, server }: Evidence,
  breaches: readonly Breach[],
  seconds: number,
): CrashCounts {
  const evidenceOf = (name: string | null) => desks.find(({ desk }) => desk === name)
  const isCommitted = ({ desk, command, at }: Kill) =>
    (evidenceOf(desk)?.results.get(command?.commandId ?? '')?.at ?? Number.POSITIVE_INFINITY) <= at
  const isStored = ({ pushes, at }: Kill) =>
    pushes.some(({ desk, acknowledgedSeq }) => {
      const first = server.events.get(evidenceOf(desk)?.deviceId ?? '')?.[acknowledgedSeq]
      return first !== undefined && first.receivedAt <= at
    })
  const isInsideCommit = (kill: Kill) => kill.isAtCommit || isCommitted(kill)
  const number = (which: (kill: Kill) => boolean) => kills.filter(which).length
  const records = (kind: JournalRecord['kind']) => journal.filter((record) => record.kind === kind).length
  const found = (kind: Breach['kind']) => breaches.filter((breach) => breach.kind === kind).length
  return {
    kills: kills.length,
    host: number(({ desk }) => desk !== null),
    server: number(({ desk }) => desk === null),
    insideCommit: number(isInsideCommit),
    committedUnanswered: number(isCommitted),
    insidePush: number(({ pushes }) => pushes.length > 0),
    storedUnacknowledged: number(isStored),
    inside: number((kill) => isInsideCommit(kill) || kill.pushes.length > 0),
    whileStarting: number(({ whileStarting }) => whileStarting),
    acknowledged: records('answer'),
    shown: records('shown'),
    pushesAcknowledged: records('acknowledged'),
    events: desks.reduce((sum, { events }) => sum + events.length, 0),
    lost: found('lost'),
    twice: found('twice'),
    wrong: found('wrong'),
    seconds,
  }
}
