/**
 * Many counters in one process: node crowd-process.ts SEATS-AS-JSON PACE-AS-JSON. They connect and open, say 'ready', and work
 * from 'go' to 'end'; then they send what they did. Every half second they say how many visits are finished.
 */

import { endWithParent } from '#tests/bench/end-with-parent.ts'
import { Device } from '#tests/bench/product/device.ts'
import type { Seat } from '#tests/bench/scale/crowd.ts'
import { type Pace, work } from '#tests/bench/scale/officer.ts'
import { noWork } from '#tests/bench/scale/worked.ts'

const PROGRESS_MS = 500

const [, , seats = '[]', paceText = '{}'] = process.argv
const pace = JSON.parse(paceText) as Pace
const devices: Device[] = []
for (const seat of JSON.parse(seats) as Seat[]) {
  const device = await ('code' in seat ? Device.enrol(seat.url, seat.code) : Device.known(seat.url, seat.enrolment))
  await device.follow()
  await device.open()
  devices.push(device)
}

const worked = noWork()
let isOver = false
let officers: Promise<void>[] = []
setInterval(() => process.send?.({ kind: 'progress', finished: worked.finished.length }), PROGRESS_MS).unref()

process.on('message', async (message: unknown) => {
  const { kind } = message as { kind: string }
  if (kind === 'go') officers = devices.map((device) => work(device, pace, worked, () => isOver))
  if (kind !== 'end') return
  isOver = true
  await Promise.all(officers)
  process.send?.({ kind: 'worked', worked })
})
endWithParent()
process.send?.({ kind: 'ready' })
