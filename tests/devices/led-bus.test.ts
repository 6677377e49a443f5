/** Several displays on one line: who may speak when, and whose trouble is whose. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createDevices, type Devices } from '#main/host/devices/create-devices.ts'
import { type BusLine, createBus } from '#main/host/devices/led/bus.ts'
import { createDisplays } from '#main/host/devices/led/displays.ts'
import { driver as template } from '#main/host/devices/led/drivers/template.ts'
import { LedProfile } from '#main/host/devices/led/drivers.ts'
import { createLed, type Led } from '#main/host/devices/led/led-supervisor.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { type SerialLine, SerialLineError } from '#main/host/devices/led/serial-line.ts'
import { createDevicePanel } from '#main/host/devices/panel/panel.ts'
import type { DeviceHealth } from '#main/host/ports.ts'
import { createPrintJobsInMemory } from '#tests/devices/print-jobs-in-memory.ts'
import { createPtyCable } from '#tests/devices/pty-cable.ts'
import { number } from '#tests/devices/samples.ts'
import { eventually } from '#tests/support/eventually.ts'
import { hasPeers } from '#tests/support/peers.ts'

const bytesOf = (text: string) => ({ bytes: Buffer.from(text) })
const noReply = () => new SerialLineError('LED_NO_REPLY', 'silent')

/** A line in memory that notes what happens on it, with a script for each write. */
function notedLine(onWrite: (text: string) => Promise<void> | void = () => {}) {
  const noted: string[] = []
  const losers: ((error: SerialLineError) => void)[] = []
  let isOpen = false
  let overlaps = 0
  const newLine = (): SerialLine => ({
    async open() {
      if (isOpen) overlaps++
      isOpen = true
      noted.push('open')
    },
    async write({ bytes }) {
      const text = Buffer.from(bytes).toString()
      noted.push(text)
      await onWrite(text)
    },
    async close() {
      if (!isOpen) return
      await delay(1)
      isOpen = false
      noted.push('close')
    },
    onLost: (listener) => losers.push(listener),
  })
  const pull = () => losers.at(-1)?.(new SerialLineError('LED_PORT_MISSING', 'pulled'))
  return { newLine, noted, pull, overlaps: () => overlaps }
}

describe('a bus', () => {
  test('opens its line for the first and closes it after the last', async () => {
    const { newLine, noted } = notedLine()
    const { connect } = createBus(newLine)
    const [one, other] = [connect(), connect()]
    await Promise.all([one.open(), other.open()])
    await one.inTurn((write) => write(bytesOf('1')))
    await one.close()
    await other.inTurn((write) => write(bytesOf('2')))
    await other.close()
    expect(noted).toEqual(['open', '1', '2', 'close'])
    await one.close()
    const third = connect()
    await third.open()
    expect(noted).toEqual(['open', '1', '2', 'close', 'open'])
  })

  test('never lets two turns overlap, in whatever order they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.boolean()), { maxLength: 12 }), async (turns) => {
        const { newLine, noted } = notedLine(() => delay(0))
        const { connect } = createBus(newLine)
        const lines = [0, 1, 2, 3].map(connect)
        await Promise.all(lines.map((line) => line.open()))
        const takeTurn = ([who, length, fails]: (typeof turns)[number], index: number) =>
          (lines[who] as BusLine).inTurn(async (write) => {
            for (let part = 0; part <= length; part++) await write(bytesOf(`${index}`))
            if (fails) throw noReply()
          })
        await Promise.allSettled(turns.map(takeTurn))
        expect(noted.slice(1)).toEqual(turns.flatMap(([, length], index) => Array(length + 1).fill(`${index}`)))
      }),
      { numRuns: 50 },
    )
  })

  test('is lost for all when the line is, or when it takes no bytes, and is opened again only when it is closed', async () => {
    const { newLine, noted, pull, overlaps } = notedLine((text) => {
      if (text === 'stuck') throw new SerialLineError('LED_SILENT', 'no bytes taken')
    })
    const { connect } = createBus(newLine)
    const lost: string[] = []
    const held = async () => {
      const line = connect()
      line.onLost(({ code }) => lost.push(code))
      await line.open()
      return line
    }
    const [one, other] = [await held(), await held()]
    pull()
    expect(lost).toEqual(['LED_PORT_MISSING', 'LED_PORT_MISSING'])
    await expect(other.inTurn(async () => {})).rejects.toMatchObject({ code: 'LED_PORT_MISSING' })
    const [again, waiting] = await Promise.all([held(), held()])
    lost.length = 0
    const stuck = expect(again.inTurn((write) => write(bytesOf('stuck')))).rejects.toMatchObject({ code: 'LED_SILENT' })
    const behind = expect(waiting.inTurn((write) => write(bytesOf('late')))).rejects.toMatchObject({
      code: 'LED_SILENT',
    })
    await Promise.all([stuck, behind, one.close(), other.close()])
    expect(lost).toEqual(['LED_SILENT', 'LED_SILENT'])
    await held()
    expect(noted).toEqual(['open', 'close', 'open', 'stuck', 'close', 'open'])
    expect(overlaps()).toBe(0)
  })

  test('tells everybody who waits why it could not be opened, and tries anew for the next', async () => {
    let isThere = false
    const { newLine } = notedLine()
    const { connect } = createBus(() => {
      const line = newLine()
      return isThere ? line : { ...line, open: () => Promise.reject(new SerialLineError('LED_PORT_BUSY', 'locked')) }
    })
    const [one, other] = [connect(), connect()]
    const results = await Promise.allSettled([one.open(), other.open()])
    expect(results).toMatchObject([{ reason: { code: 'LED_PORT_BUSY' } }, { reason: { code: 'LED_PORT_BUSY' } }])
    isThere = true
    await connect().open()
  })
})

const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
})

describe('displays on one bus', () => {
  const own = (addr: string, more: object = {}) => ({
    show: '{addr}:{number}',
    message: '{addr}:{text}',
    clear: '{addr}:C',
    idleText: 'I',
    gapMs: 5,
    addr,
    ...more,
  })

  function start(newLine: () => SerialLine, ...params: object[]) {
    const { connect } = createBus(newLine)
    const leds = params.map((one): Led => {
      const backOff = { firstMs: 20, maxMs: 40 }
      return createLed({ driver: template, params: one, connect, onHealth: () => {}, backOff, blinkMs: 60 })
    })
    const displays = createDisplays(leds.map((led, index) => ({ led, where: () => `COM3 #${index + 1}` })))
    running.push(displays)
    displays.start()
    return { leds, displays }
  }

  test('each get the newest state and no old one, however long the line was taken', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { newLine, noted } = notedLine((text) => (text === '1:001' ? held : undefined))
    const { displays } = start(newLine, own('1'), own('2'))
    displays.show(number({ text: 'A-001', prefix: 'A', digits: '001' }))
    await eventually(() => expect(noted).toContain('1:001'))
    for (const digits of ['002', '003', '004']) displays.show(number({ text: `A-${digits}`, prefix: 'A', digits }))
    release()
    await eventually(() => expect(noted).toHaveLength(4))
    await delay(30)
    expect(noted).toEqual(['open', '1:001', '2:004', '1:004'])
  })

  test('blink without holding each other up', async () => {
    const { newLine, noted } = notedLine()
    const { displays } = start(newLine, own('1', { blinks: 3 }), own('2', { blinks: 0 }))
    displays.show(number(undefined, true))
    // A phase of the first lasts 400 ms.
    await vi.waitFor(() => expect(noted).toContain('2:012'), { timeout: 200, interval: 5 })
    expect(noted).toEqual(['open', '1:012', '2:012'])
  })

  test('that say nothing are reported by their place, while the others go on', async () => {
    const { newLine, noted } = notedLine((text) => {
      if (text.startsWith('2')) throw noReply()
    })
    const { leds, displays } = start(newLine, own('1'), own('2'), own('3'))
    displays.show(number())
    const states = () => leds.map((led) => led.health().state)
    await eventually(() => expect(states()).toEqual(['ready', 'failed', 'ready']))
    expect(displays.health()).toMatchObject({ code: 'LED_NO_REPLY' })
    expect(displays.where()).toBe('COM3 #2')
    displays.show({ kind: 'idle' })
    await eventually(() => expect(noted).toEqual(expect.arrayContaining(['1:I', '3:I'])))
    expect(noted.filter((text) => text === 'open' || text === 'close')).toEqual(['open'])
  })

  test('keep the pieces of a message together, with its delays between them', async () => {
    const { newLine, noted } = notedLine(() => delay(2))
    const pieces = { show: '{addr}a{delay:20}{addr}b{delay:20}{number}' }
    const { displays } = start(newLine, own('1', pieces), own('2', pieces))
    displays.show(number())
    await eventually(() => expect(noted).toHaveLength(7))
    expect(noted).toEqual(['open', '1a', '1b', '012', '2a', '2b', '012'])
  })
})

test('of several displays the worst is told of, and none is absent', () => {
  const led = (health: DeviceHealth) => ({ show() {}, health: () => health, start() {}, async stop() {} })
  const failed: DeviceHealth = { state: 'failed', code: 'LED_SILENT', detail: '' }
  const order: DeviceHealth[] = [failed, { state: 'connecting' }, { state: 'ready' }]
  fc.assert(
    fc.property(fc.array(fc.nat(2)), (picks) => {
      const displays = createDisplays(
        picks.map((pick, index) => ({ led: led(order[pick] as DeviceHealth), where: () => `COM${index}` })),
      )
      const worst = Math.min(...picks)
      expect(displays.health()).toEqual(order[worst] ?? { state: 'absent' })
      expect(displays.where()).toBe(picks.length === 0 ? null : `COM${picks.indexOf(worst)}`)
    }),
  )
})

test.skipIf(!hasPeers('socat'))(
  'two modules and a printer find their ports, and each display takes only its own',
  async () => {
    const cable = createPtyCable()
    await cable.plugIn()
    const far = new SerialPort({ path: cable.far, baudRate: 9600 })
    const readers = [1, 2].map((unit) => createDisplayReader('modbus-rtu', { unit }))
    far.on('data', (bytes: Buffer) => {
      for (const reader of readers) reader.feed(bytes)
    })
    await once(far, 'open')
    const serial = { kind: 'serial', path: cable.near }
    const devices: Devices = createDevices({
      displays: [1, 2].map((unit) => LedProfile.parse({ driver: 'modbus-rtu', params: { unit }, transport: serial })),
      printer: null,
      saved: [],
      jobs: createPrintJobsInMemory().store,
      panel: createDevicePanel(),
      papers: () => null,
      clock: { now: () => 0 },
      onHealth: () => {},
      onPrintProblem: () => {},
      onTraffic: () => {},
    })
    running.push(devices)
    devices.start()
    devices.led.show(number())
    await eventually(() => expect(readers.map((reader) => reader.shown())).toEqual(['A012', 'A012']))
    await cable.unplug()
    await eventually(() => expect(devices.led.health()).toMatchObject({ code: 'LED_PORT_MISSING' }))
    expect(devices.led.where()).toBe(`${cable.near} #1`)
    await devices.stop()
    await new Promise((resolve) => (far.isOpen ? far.close(resolve) : resolve(null)))
    await cable.remove()
  },
)
