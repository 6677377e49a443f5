/** What people do at the desks all day: numbers are handed out, called, served, set aside, sent on. */
import { setTimeout as delay } from 'node:timers/promises'
import { SERVICES } from '#tests/crash/crash-mall.ts'
import type { Desk, Ref } from '#tests/crash/desk.ts'
import type { Random } from '#tests/sim/random.ts'

export type Day = {
  random: Random
  desks: readonly Desk[]
  isOver(): boolean
  /** A refusal that nobody should have seen. */
  onSurprise(what: string): void
}

/** People in the hall that nobody has called yet. */
const HALL = 12
/** Between two acts of one person, ms. */
const PAUSE_MS = 12

/** Resolves when the day is over and every command that was begun has its answer. */
export async function liveThrough(day: Day): Promise<void> {
  const hall = { waiting: 0 }
  await Promise.all(
    day.desks.map((desk) =>
      desk.place.role.kind === 'counter' ? workAtCounter(day, desk, hall) : handOutNumbers(day, desk, hall),
    ),
  )
}

async function handOutNumbers(day: Day, desk: Desk, hall: { waiting: number }): Promise<void> {
  const { random } = day
  while (!day.isOver()) {
    await delay(random.below(2 * PAUSE_MS))
    if (hall.waiting >= HALL) continue
    const priority = random.chance(0.2) ? random.pick(['elderly', 'disability', 'pregnant'] as const) : null
    const issued = await desk.command('visit.issue', { serviceId: random.pick(SERVICES), priority, journeyId: null })
    if (issued.ok) hall.waiting += 1
    else day.onSurprise(`${desk.place.name}: visit.issue: ${issued.code}`)
  }
}

async function workAtCounter(day: Day, desk: Desk, hall: { waiting: number }): Promise<void> {
  const { random } = day
  const held: Ref[] = []
  const absent: Ref[] = []
  const must = (what: string, result: { ok: boolean; code?: string }): void => {
    if (!result.ok) day.onSurprise(`${desk.place.name}: ${what}: ${result.code}`)
  }

  async function serve(current: Ref): Promise<void> {
    const serving = await desk.command('queue.startServing', current)
    must('startServing', serving)
    await finish(current)
  }

  async function finish(current: Ref): Promise<void> {
    await delay(random.below(2 * PAUSE_MS))
    const others = SERVICES.filter((id) => !desk.place.serviceIds.includes(id))
    switch (random.weighted({ complete: 6, forward: 1.5, transfer: 0.7, hold: 1, return: 0.5, cancel: 0.5 })) {
      case 'forward':
        must(
          'forward',
          await desk.command('queue.forward', { ...current, toServiceId: random.pick(others), handsOver: null }),
        )
        hall.waiting += 1
        break
      case 'transfer':
        must(
          'transfer',
          await desk.command('queue.transfer', { ...current, toServiceId: random.pick(others), toCounterId: null }),
        )
        hall.waiting += 1
        break
      case 'hold':
        must('hold', await desk.command('queue.hold', { ...current, reason: 'payment' }))
        held.push(current)
        break
      case 'return':
        must('return', await desk.command('queue.returnToQueue', current))
        hall.waiting += 1
        break
      case 'cancel':
        must('cancel', await desk.command('queue.cancel', { ...current, reason: 'visitor_left' }))
        break
      default:
        must(
          'complete',
          await desk.command('queue.complete', { ...current, outcome: 'delivered', paymentReference: null }),
        )
    }
  }

  async function callAgain(current: Ref): Promise<boolean> {
    const again = await desk.command('queue.callAgain', current)
    if (!again.ok && again.code === 'RECALL_LIMIT') return false
    must('callAgain', again)
    return true
  }

  async function markAbsent(current: Ref): Promise<void> {
    must('noShow', await desk.command('queue.noShow', current))
    absent.push(current)
  }

  async function receive(current: Ref): Promise<void> {
    await delay(random.below(2 * PAUSE_MS))
    switch (random.weighted({ serve: 7, again: 1, noShow: 1.5, undo: 0.7 })) {
      case 'again':
        // Whoever was called back often enough may not be called again: then the visitor is absent.
        if (await callAgain(current)) await serve(current)
        else await markAbsent(current)
        break
      case 'noShow':
        await markAbsent(current)
        break
      case 'undo':
        must('undo', await desk.command('queue.undo', {}, current))
        hall.waiting += 1
        break
      default:
        await serve(current)
    }
  }

  async function next(): Promise<void> {
    const called = await desk.command('queue.callNext', {})
    if (called.ok) {
      hall.waiting -= 1
      await receive({ visitId: called.data.visitId, entryNo: called.data.entryNo })
    } else if (called.code !== 'NOTHING_WAITING') must('callNext', called)
  }

  while (!day.isOver()) {
    await delay(random.below(2 * PAUSE_MS))
    const aside = random.chance(0.25) ? (held.shift() ?? null) : null
    const back = !aside && random.chance(0.1) ? (absent.shift() ?? null) : null
    if (aside) {
      must('resume', await desk.command('queue.resume', aside))
      await finish(aside)
    } else if (back) {
      must('callBack', await desk.command('queue.callBack', back))
      await receive(back)
    } else if (random.chance(0.04)) {
      const serviceId = random.pick(desk.place.serviceIds)
      must('issueHere', await desk.command('visit.issueHere', { serviceId, priority: null }))
      hall.waiting += 1
    } else {
      await next()
    }
  }
}
