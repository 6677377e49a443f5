/** An officer at a counter that is reduced to its wire: call next, arrival confirmed, completed, again and again. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Device, keyOf } from '#tests/bench/product/device.ts'
import type { Worked } from '#tests/bench/scale/worked.ts'

export type Pace = {
  /** From the call to the visitor's arrival at the desk, and from there to the end. */
  arrivalMs: number
  servingMs: number
  /** How long an officer with nobody waiting waits before looking again. */
  idleMs: number
}

/** Works until `isOver`, and writes down what happened. */
export async function work(device: Device, pace: Pace, worked: Worked, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    // Nobody clicks with nobody waiting.
    if (device.hand.size === 0) {
      await delay(pace.idleMs)
      continue
    }
    const start = performance.now()
    await device.improve()
    const grant = [...device.hand.values()].sort((a, b) => a.waitingSince - b.waitingSince || a.order - b.order)[0]
    // Asked back in this moment.
    if (!grant) continue
    const { visitId, entryNo } = grant
    device.call(grant)
    await device.push()
    worked.callMs.push(performance.now() - start)
    worked.called.push(keyOf(grant))
    await delay(pace.arrivalMs)
    device.record({ type: 'entry.serving', data: { visitId, entryNo } })
    await device.push()
    await delay(pace.servingMs)
    const served = { ms: pace.servingMs, estimated: false }
    device.record({ type: 'entry.completed', data: { visitId, entryNo, outcome: 'delivered', served } })
    await device.push()
    worked.finished.push(visitId)
  }
}
