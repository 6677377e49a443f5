/** The same officer at a real workstation. */
import { setTimeout as delay } from 'node:timers/promises'
import { type EntryRef, keyOf } from '#tests/bench/product/device.ts'
import type { DeskHost } from '#tests/bench/product/host.ts'
import type { Pace } from '#tests/bench/scale/officer.ts'
import type { Worked } from '#tests/bench/scale/worked.ts'

/** Works until `isOver`, and writes down what happened. */
export async function workAtDesk(desk: DeskHost, pace: Pace, worked: Worked, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    // Nobody clicks with nobody waiting.
    if (!desk.desk().waiting.some(({ mine }) => mine)) {
      await delay(pace.idleMs)
      continue
    }
    const start = performance.now()
    const called = await desk.act<EntryRef>('queue.callNext').catch((error: unknown) => {
      if (String(error).includes('NOTHING_WAITING')) return null
      throw error
    })
    // Asked back in this moment.
    if (!called) continue
    worked.callMs.push(performance.now() - start)
    const { visitId, entryNo } = called
    worked.called.push(keyOf(called))
    await delay(pace.arrivalMs)
    await desk.act('queue.startServing', { visitId, entryNo })
    await delay(pace.servingMs)
    await desk.act('queue.complete', { visitId, entryNo, outcome: 'delivered', paymentReference: null })
    worked.finished.push(visitId)
  }
}
