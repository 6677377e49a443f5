import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, test } from 'vitest'
import { DEFAULT_BACK_OFF, type Timers } from '#main/host/devices/bell.ts'
import { createBus } from '#main/host/devices/led/bus.ts'
import { driver as cd5220 } from '#main/host/devices/led/drivers/cd5220.ts'
import { createLed, type Led, type LedOptions } from '#main/host/devices/led/led-supervisor.ts'
import { createMockLinePair } from '#main/host/devices/led/mock-line.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { createSerialPortLine, type SerialLine, SerialLineError } from '#main/host/devices/led/serial-line.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import type { DeviceHealth } from '#main/host/ports.ts'
import { createPtyCable, type PtyCable } from '#tests/devices/pty-cable.ts'
import { number } from '#tests/devices/samples.ts'
import { eventually } from '#tests/support/eventually.ts'
import { hasPeers } from '#tests/support/peers.ts'

const FAST = { ...cd5220.serial, baudRate: 115_200 }
const QUICK_BACK_OFF = { firstMs: 20, maxMs: 60 }

const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((led) => led.stop()))
})

type Start = Partial<Omit<LedOptions, 'connect'>> & { connect(): SerialLine }

function startLed({ connect, ...options }: Start): { led: Led; healths: DeviceHealth[] } {
  const healths: DeviceHealth[] = []
  const onHealth = (health: DeviceHealth) => healths.push(health)
  const bus = createBus(connect)
  const led = createLed({
    driver: cd5220,
    params: {},
    connect: bus.connect,
    onHealth,
    backOff: QUICK_BACK_OFF,
    ...options,
  })
  running.push(led)
  led.start()
  return { led, healths }
}

function label(digits: string) {
  return { text: `A-${digits}`, prefix: 'A', digits }
}

/** A line that does what the test says; the far end is a real reader. */
function scriptedLine(script: { write?: () => Promise<void>; open?: () => Promise<void> } = {}) {
  const display = createDisplayReader('cd5220')
  const lost: ((error: SerialLineError) => void)[] = []
  let opened = 0
  const connect = (): SerialLine => ({
    async open() {
      opened++
      await script.open?.()
    },
    async write({ bytes }) {
      await script.write?.()
      display.feed(bytes)
    },
    async close() {},
    onLost: (listener) => lost.push(listener),
  })
  return {
    connect,
    display,
    opened: () => opened,
    lose: () => lost.at(-1)?.(new SerialLineError('LED_PORT_MISSING', 'pulled')),
  }
}

/** Timers that run only when the test says so, and can be counted. */
function manualTimers() {
  const pending = new Map<symbol, { ms: number; run: () => void }>()
  const timers: Timers = {
    after(ms, run) {
      const key = Symbol(String(ms))
      pending.set(key, { ms, run })
      return () => pending.delete(key)
    },
  }
  const fire = async () => {
    const due = [...pending.values()]
    pending.clear()
    for (const { run } of due) run()
    await delay(1)
  }
  return { timers, fire, waiting: () => [...pending.values()].map(({ ms }) => ms) }
}

describe('a LED display', () => {
  test('takes a call without delay and shows it over the mock line', async () => {
    const display = createDisplayReader('cd5220')
    const cable = createMockLinePair(FAST, display.feed)
    const { led, healths } = startLed({ connect: cable.connect })
    led.show(number())
    expect(led.health()).toEqual({ state: 'connecting' })
    await eventually(() => expect(led.health()).toEqual({ state: 'ready' }))
    expect(display.shown()).toBe('ANTREAN A-012\nLOKET 3')
    expect(healths).toEqual([{ state: 'ready' }])
  })

  test('gets the newest state again after the cable was pulled', async () => {
    let received = 0
    const cable = createMockLinePair(FAST, (bytes) => {
      received += bytes.length
    })
    const { led, healths } = startLed({ connect: cable.connect })
    led.show(number())
    await eventually(() => expect(led.health().state).toBe('ready'))
    const before = received
    cable.unplug()
    await eventually(() => expect(received).toBe(before * 2))
    await eventually(() => expect(led.health().state).toBe('ready'))
    expect(healths.map(({ state }) => state)).toEqual(['ready', 'failed', 'ready'])
  })

  test('shows only the newest of many numbers called while a frame is on its way', async () => {
    let release = () => {}
    const first = new Promise<void>((resolve) => {
      release = resolve
    })
    let writes = 0
    const line = scriptedLine({ write: () => (++writes === 2 ? first : Promise.resolve()) })
    const { led } = startLed({ connect: line.connect })
    led.show(number(label('001')))
    await eventually(() => expect(writes).toBe(2))
    for (let called = 2; called <= 50; called++) led.show(number(label(String(called).padStart(3, '0'))))
    release()
    await eventually(() => expect(line.display.shown()).toBe('ANTREAN A-050\nLOKET 3'))
    // Initialisation, the first state, and of the others only the newest.
    expect(writes).toBe(3)
  })

  test('sends the same number again when it is called again', async () => {
    let frames = 0
    const line = scriptedLine({
      async write() {
        frames++
      },
    })
    const { led } = startLed({ connect: line.connect })
    led.show(number())
    await eventually(() => expect(frames).toBe(2))
    led.show(number())
    await eventually(() => expect(frames).toBe(3))
  })

  test('stays idle and says so when the number does not fit', async () => {
    const line = scriptedLine()
    const { led } = startLed({ connect: line.connect })
    led.show(number({ text: 'A'.repeat(30), prefix: 'A', digits: '1' }))
    await eventually(() =>
      expect(led.health()).toEqual({ state: 'failed', code: 'LED_CANNOT_SHOW', detail: 'A'.repeat(30) }),
    )
    expect(line.display.shown()).toBe('SELAMAT DATANG\nSILAKAN MENUNGGU')
    led.show(number())
    await eventually(() => expect(led.health()).toEqual({ state: 'ready' }))
  })

  test('is tried again after 1, 2, 4, 8, 15, 15 seconds, and after success from 1 second on', async () => {
    let reachable = false
    const open = async () => {
      if (!reachable) throw new SerialLineError('LED_PORT_MISSING', 'no such file')
    }
    const line = scriptedLine({ open })
    const { timers, fire, waiting } = manualTimers()
    const { led } = startLed({ connect: line.connect, timers, backOff: DEFAULT_BACK_OFF, params: { gapMs: 0 } })
    led.show(number())
    const waits: number[] = []
    for (let attempt = 1; attempt <= 6; attempt++) {
      await eventually(() => expect(line.opened()).toBe(attempt))
      await eventually(() => expect(waiting()).toHaveLength(1))
      waits.push(...waiting())
      reachable = attempt === 6
      await fire()
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000])
    while (led.health().state !== 'ready') await fire()
    line.lose()
    await eventually(() => expect(waiting()).toEqual([1000]))
  })

  test('leaves no timer and opens nothing more after stop', async () => {
    const line = scriptedLine({ open: () => Promise.reject(new SerialLineError('LED_PORT_BUSY', 'locked')) })
    const { timers, fire, waiting } = manualTimers()
    const { led } = startLed({ connect: line.connect, timers })
    await eventually(() => expect(waiting()).toHaveLength(1))
    expect(led.health()).toEqual({ state: 'failed', code: 'LED_PORT_BUSY', detail: 'locked' })
    await led.stop()
    expect(waiting()).toEqual([])
    led.show(number())
    await fire()
    expect(line.opened()).toBe(1)
  })

  test('shows what was called right before stop', async () => {
    const line = scriptedLine()
    const { led } = startLed({ connect: line.connect })
    await eventually(() => expect(led.health().state).toBe('ready'))
    led.show({ kind: 'closed' })
    await led.stop()
    expect(line.display.shown()).toBe('LOKET TUTUP')
  })

  test('refuses a wrong set-up when it is made', () => {
    const { connect } = createBus(scriptedLine().connect)
    expect(() => createLed({ driver: cd5220, params: { brightness: 9 }, connect, onHealth: () => {} })).toThrow(
      /brightness/,
    )
  })
})

test('a serial port that does not exist is reported missing', async () => {
  const line = createSerialPortLine(createPortFinder({ path: '/dev/loket-none' }), { settings: FAST })
  await expect(line.open()).rejects.toMatchObject({ code: 'LED_PORT_MISSING' })
})

describe.skipIf(!hasPeers('socat'))('a LED display on a real serial line', () => {
  const cables: PtyCable[] = []
  const farPorts: SerialPort[] = []

  async function pluggedCable(): Promise<PtyCable> {
    const cable = createPtyCable()
    cables.push(cable)
    await cable.plugIn()
    return cable
  }

  /** The display: a real port at the far end, feeding a reader. */
  async function displayAt(path: string): Promise<() => string> {
    const display = createDisplayReader('cd5220')
    const port = new SerialPort({ path, baudRate: FAST.baudRate })
    farPorts.push(port)
    port.on('error', () => {})
    port.on('data', (bytes: Buffer) => display.feed(bytes))
    await once(port, 'open')
    return display.shown
  }

  const lineTo = (cable: PtyCable) => () =>
    createSerialPortLine(createPortFinder({ path: cable.near }), { settings: FAST, writeDeadlineMs: 150 })

  afterEach(async () => {
    await Promise.all(running.splice(0).map((led) => led.stop()))
    await Promise.all(
      farPorts.splice(0).map((port) => new Promise((done) => (port.isOpen ? port.close(done) : done(null)))),
    )
    await Promise.all(cables.splice(0).map((cable) => cable.remove()))
  })

  test('shows the called number', async () => {
    const cable = await pluggedCable()
    const shown = await displayAt(cable.far)
    const { led } = startLed({ connect: lineTo(cable) })
    led.show(number())
    await eventually(() => expect(shown()).toBe('ANTREAN A-012\nLOKET 3'))
  })

  test('is missed when idle and unplugged, and shows the newest number once plugged in again', async () => {
    const cable = await pluggedCable()
    const shownBefore = await displayAt(cable.far)
    const { led } = startLed({ connect: lineTo(cable) })
    led.show(number(label('001')))
    await eventually(() => expect(shownBefore()).toContain('A-001'))
    await cable.unplug()
    await eventually(() => expect(led.health()).toMatchObject({ state: 'failed', code: 'LED_PORT_MISSING' }))
    led.show(number(label('002')))
    led.show(number(label('003')))
    await cable.plugIn()
    const shownAfter = await displayAt(cable.far)
    await eventually(() => expect(shownAfter()).toBe('ANTREAN A-003\nLOKET 3'))
    await eventually(() => expect(led.health()).toEqual({ state: 'ready' }))
  })

  test('that takes no bytes fails after the deadline, and its port can be opened again', async () => {
    const cable = await pluggedCable()
    cable.freeze()
    const line = lineTo(cable)()
    const lost: SerialLineError[] = []
    line.onLost((error) => lost.push(error))
    await line.open()
    const started = performance.now()
    await expect(line.write({ bytes: new Uint8Array(1_000_000) })).rejects.toMatchObject({ code: 'LED_SILENT' })
    expect(performance.now() - started).toBeLessThan(1000)
    await line.close()
    expect(lost).toEqual([])
    const again = lineTo(cable)()
    await again.open()
    await again.close()
  })

  test('whose port another program holds is reported busy', async () => {
    const cable = await pluggedCable()
    const holder = lineTo(cable)()
    await holder.open()
    await expect(lineTo(cable)().open()).rejects.toMatchObject({ code: 'LED_PORT_BUSY' })
    await holder.close()
  })
})
