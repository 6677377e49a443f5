/** A display's side of the host in a process of its own: `plugged-display PATH`. Shows what it is sent, and says what it holds. */
import { readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { createBus } from '#main/host/devices/led/bus.ts'
import { driver } from '#main/host/devices/led/drivers/cd5220.ts'
import { createLed } from '#main/host/devices/led/led-supervisor.ts'
import { createSerialPortLine } from '#main/host/devices/led/serial-line.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import { endWithParent } from '#tests/bench/end-with-parent.ts'

export type Order = { show: string } | 'measure'
/** Of a display that is unplugged, after a garbage collection. */
export type Held = { kind: 'held'; megabytes: number; descriptors: number }

/** A port is closed within this. */
const CLOSING_MS = 50

const [, , path = ''] = process.argv
const settings = { ...driver.serial, baudRate: 115_200 }
const { connect } = createBus(() => createSerialPortLine(createPortFinder({ path }), { settings }))
const led = createLed({
  driver,
  params: { gapMs: 5 },
  connect,
  onHealth: () => {},
  backOff: { firstMs: 5, maxMs: 20 },
})

process.on('message', (order: Order) => {
  if (order !== 'measure') {
    const label = { text: order.show, prefix: 'A', digits: order.show.slice(2) }
    led.show({ kind: 'number', label, counterName: '3', blink: false })
    return
  }
  void measure()
})

async function measure(): Promise<void> {
  while (led.health().state !== 'failed') await delay(CLOSING_MS)
  await delay(CLOSING_MS)
  globalThis.gc?.()
  const megabytes = process.memoryUsage().rss / 1024 / 1024
  process.send?.({ kind: 'held', megabytes, descriptors: readdirSync('/proc/self/fd').length } satisfies Held)
}

endWithParent()
led.start()
process.send?.({ kind: 'ready' })
