/** Every LED driver through a real serial line, replies that a display owes, and how a blink begins and ends there. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createBus } from '#main/host/devices/led/bus.ts'
import type { LedDriver } from '#main/host/devices/led/driver.ts'
import { driver as cd5220 } from '#main/host/devices/led/drivers/cd5220.ts'
import { driver as template } from '#main/host/devices/led/drivers/template.ts'
import { ledDriver, ledDriverIds } from '#main/host/devices/led/drivers.ts'
import { createLed, type Led } from '#main/host/devices/led/led-supervisor.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { createEar } from '#main/host/devices/led/serial-ear.ts'
import { type AnyPort, createSerialPortLine, lineOver, type SerialLine } from '#main/host/devices/led/serial-line.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import type { DeviceHealth } from '#main/host/ports.ts'
import { createPtyCable, type PtyCable } from '#tests/devices/pty-cable.ts'
import { number } from '#tests/devices/samples.ts'
import { eventually } from '#tests/support/eventually.ts'
import { hasPeers } from '#tests/support/peers.ts'

/** A pty has neither baud rate nor parity: 8N1, as fast as it goes. */
const FAST = { ...cd5220.serial, baudRate: 115_200 }
const BLINK_MS = 150

const running: Led[] = []
const farPorts: SerialPort[] = []
const cables: PtyCable[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((led) => led.stop()))
  await Promise.all(
    farPorts.splice(0).map((port) => new Promise((done) => (port.isOpen ? port.close(done) : done(null)))),
  )
  await Promise.all(cables.splice(0).map((cable) => cable.remove()))
})

function start(driver: LedDriver, params: unknown, connect: () => SerialLine, blinkMs = BLINK_MS) {
  const healths: DeviceHealth[] = []
  const onHealth = (health: DeviceHealth) => healths.push(health)
  const led = createLed({
    driver,
    params,
    connect: createBus(connect).connect,
    onHealth,
    blinkMs,
    backOff: { firstMs: 20, maxMs: 60 },
  })
  running.push(led)
  led.start()
  return { led, healths }
}

/** A line in memory that notes each write. */
function notedLine(onWrite: (hex: string) => void = () => {}) {
  const writes: string[] = []
  const connect = (): SerialLine => ({
    async open() {},
    async write({ bytes }) {
      writes.push(Buffer.from(bytes).toString())
      onWrite(Buffer.from(bytes).toString())
    },
    async close() {},
    onLost() {},
  })
  return { connect, writes }
}

describe('a called number', () => {
  const OWN_COMMANDS = { show: '{number}', clear: 'C', blinkOn: 'ON', blinkOff: 'OFF', gapMs: 0 }
  const BY_WRITING = { show: '{number}', clear: 'C', blinks: 2, gapMs: 0 }

  test('blinks for a while and then stands still', async () => {
    const { connect, writes } = notedLine()
    const { led } = start(template, OWN_COMMANDS, connect)
    led.show(number(undefined, true))
    await eventually(() => expect(writes).toEqual(['012', 'ON']))
    await eventually(() => expect(writes).toEqual(['012', 'ON', '012', 'OFF']))
  })

  test('blinks again when it is called again, also while it still blinks', async () => {
    const { connect, writes } = notedLine()
    const { led } = start(template, OWN_COMMANDS, connect)
    led.show(number(undefined, true))
    await eventually(() => expect(writes).toHaveLength(2))
    led.show(number(undefined, true))
    await eventually(() => expect(writes).toEqual(['012', 'ON', '012', 'ON', '012', 'OFF']))
    led.show(number(undefined, true))
    await eventually(() => expect(writes.slice(6)).toEqual(['012', 'ON', '012', 'OFF']))
  })

  test('gives way to the next number at once, in the middle of a blink', async () => {
    const { connect, writes } = notedLine()
    const { led } = start(template, BY_WRITING, connect)
    led.show(number(undefined, true))
    await eventually(() => expect(writes).toEqual(['012']))
    const called = performance.now()
    led.show(number({ text: 'A-013', prefix: 'A', digits: '013' }))
    await eventually(() => expect(writes).toEqual(['012', '013']))
    expect(performance.now() - called).toBeLessThan(300)
  })

  test('is not left dark or blinking by a stop', async () => {
    for (const params of [OWN_COMMANDS, BY_WRITING]) {
      const { connect, writes } = notedLine()
      const { led } = start(template, params, connect, 10_000)
      led.show(number(undefined, true))
      await eventually(() => expect(writes.length).toBe(params === OWN_COMMANDS ? 2 : 1))
      const began = performance.now()
      await led.stop()
      expect(performance.now() - began).toBeLessThan(300)
      expect(['OFF', '012']).toContain(writes.at(-1))
    }
  })

  test('is written once where it does not blink', async () => {
    const { connect, writes } = notedLine()
    const { led } = start(template, { ...BY_WRITING, blinks: 0 }, connect, 20)
    led.show(number(undefined, true))
    await eventually(() => expect(writes).toEqual(['012']))
    await delay(80)
    expect(writes).toEqual(['012'])
  })

  test('is reported as shown with its first lit write', async () => {
    const { connect, writes } = notedLine()
    const { led } = start(template, BY_WRITING, connect)
    led.show(number(undefined, true))
    await eventually(() => expect(led.health()).toEqual({ state: 'ready' }))
    expect(writes).toEqual(['012'])
  })
})

describe('waiting for an answer', () => {
  const wanted = Uint8Array.of(0x06, 0x0d)

  test('finds it among other bytes, and in two parts', async () => {
    const ear = createEar()
    const answer = ear.listenFor(wanted)
    ear.hear(Uint8Array.of(0x41, 0x06))
    ear.hear(Uint8Array.of(0x0d, 0x42))
    expect(await answer.within(0)).toBe(true)
    const late = ear.listenFor(wanted)
    setTimeout(() => ear.hear(wanted), 10)
    expect(await late.within(1000)).toBe(true)
  })

  test('takes neither an answer of before nor half of one', async () => {
    const ear = createEar()
    ear.hear(wanted)
    const answer = ear.listenFor(wanted)
    ear.hear(Uint8Array.of(0x06))
    ear.hear(Uint8Array.of(0x06))
    expect(await answer.within(20)).toBe(false)
    ear.hear(Uint8Array.of(0x0d))
    expect(await ear.listenFor(wanted).within(20)).toBe(false)
  })
})

describe.skipIf(!hasPeers('socat'))('on a real serial line', () => {
  async function pluggedCable(): Promise<PtyCable> {
    const cable = createPtyCable()
    cables.push(cable)
    await cable.plugIn()
    return cable
  }

  async function farEnd(cable: PtyCable): Promise<SerialPort> {
    const port = new SerialPort({ path: cable.far, baudRate: FAST.baudRate })
    farPorts.push(port)
    port.on('error', () => {})
    await once(port, 'open')
    return port
  }

  const lineTo = (cable: PtyCable) => () =>
    createSerialPortLine(createPortFinder({ path: cable.near }), { settings: FAST })

  test.each(ledDriverIds)('%s arrives whole, byte for byte', async (id) => {
    const driver = ledDriver(id)
    const cable = await pluggedCable()
    const port = await farEnd(cable)
    let received = Buffer.alloc(0)
    port.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes])
    })
    const { led } = start(driver, {}, lineTo(cable))
    led.show(number())
    const sent = Buffer.concat([...driver.init({}), ...driver.encode(number(), {})].map(({ bytes }) => bytes))
    await eventually(() => expect(received.toString('hex')).toBe(sent.toString('hex')))
    const display = createDisplayReader(id)
    display.feed(received)
    expect(display.shown()).toContain('012')
  })

  test('a display that answers every template is ready', async () => {
    const cable = await pluggedCable()
    const port = await farEnd(cable)
    port.on('data', () => port.write(Buffer.of(0x06)))
    const { led, healths } = start(template, { reply: '\\x06', gapMs: 0 }, lineTo(cable))
    led.show(number())
    await eventually(() => expect(led.health()).toEqual({ state: 'ready' }))
    expect(healths).toEqual([{ state: 'ready' }])
  })

  test('one that owes an answer is reported, and gets the number again until it answers', async () => {
    const cable = await pluggedCable()
    const port = await farEnd(cable)
    let got = ''
    let isAwake = false
    port.on('data', (bytes: Buffer) => {
      got += bytes.toString()
      if (isAwake) port.write('OK')
    })
    const { led } = start(template, { reply: 'OK', replyTimeoutMs: 60, gapMs: 0 }, lineTo(cable))
    led.show(number())
    await eventually(() =>
      expect(led.health()).toEqual({ state: 'failed', code: 'LED_NO_REPLY', detail: 'no 4f4b within 60 ms' }),
    )
    isAwake = true
    await eventually(() => expect(led.health()).toEqual({ state: 'ready' }))
    expect(got.match(/A-012/g)?.length).toBeGreaterThan(1)
  })
})

/** As a Bluetooth port, whose other side is away: open() calls back when `goOn` is called, if ever. */
function slowPort() {
  const { promise, resolve: goOn } = Promise.withResolvers<void>()
  const close = vi.fn((done?: () => void) => done?.())
  const port = {
    isOpen: false,
    on() {},
    open: (done: (error: Error | null) => void) => void promise.then(() => done(null)),
    close,
  }
  return { port: port as unknown as AnyPort, goOn, close }
}

test('a port whose opening does not come back holds up nobody, and is closed when it opens after all', async () => {
  const { port, goOn, close } = slowPort()
  const line = lineOver(async () => port, { settings: FAST, openDeadlineMs: 50 })
  await expect(line.open()).rejects.toMatchObject({ code: 'LED_PORT_MISSING', message: 'not open within 50 ms' })
  await line.close()
  goOn()
  await eventually(() => expect(close).toHaveBeenCalledTimes(1))
})
