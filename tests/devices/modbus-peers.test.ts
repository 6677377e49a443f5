/**
 * The Modbus driver before programs that others wrote: two slaves must carry out what it sends (modbus-serial's and
 * libmodbus'), and a master (mbpoll) must send the same bytes for the same registers and read back what was written.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import ModbusRTU from 'modbus-serial'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createBus } from '#main/host/devices/led/bus.ts'
import { driver } from '#main/host/devices/led/drivers/modbus-rtu.ts'
import { createLed, type Led } from '#main/host/devices/led/led-supervisor.ts'
import { createSerialPortLine } from '#main/host/devices/led/serial-line.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import { ROOT } from '#scripts/root.ts'
import { golden } from '#tests/devices/golden/modbus-rtu.ts'
import type { GoldenCase } from '#tests/devices/golden-case.ts'
import { createPtyCable, type PtyCable } from '#tests/devices/pty-cable.ts'
import { number } from '#tests/devices/samples.ts'
import { eventually } from '#tests/support/eventually.ts'
import { hasPeers } from '#tests/support/peers.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const WRITE_ONE = 0x06
/** modbus-serial ends a request by 30 ms without bytes: on a busy machine it would take two frames for one, and carry out neither. */
const APART_MS = 400
const READ = /^..03/
const run = promisify(execFile)
const cases = golden.map((one) => [one.what, one] as const)
const unitOf = ({ frames }: GoldenCase) => Number.parseInt(frames[0]?.slice(0, 2) ?? '', 16)

type Write = { code: number; first: number; values: number[] }

/** What a request says, read from its bytes: unit, function, register, value; or unit, 16, register, count, size, values. */
function writeIn(frame: string): Write {
  const bytes = Buffer.from(frame, 'hex')
  const [code, first] = [bytes.readUInt8(1), bytes.readUInt16BE(2)]
  if (code === WRITE_ONE) return { code, first, values: [bytes.readUInt16BE(4)] }
  const values = Array.from({ length: bytes.readUInt16BE(4) }, (_, index) => bytes.readUInt16BE(7 + index * 2))
  return { code, first, values }
}

function registersAfter(frames: string[]): Map<number, number> {
  const written = frames
    .map(writeIn)
    .flatMap(({ first, values }) => values.map((value, index) => [first + index, value]))
  return new Map(written as [number, number][])
}

const cables: PtyCable[] = []
const displays: Led[] = []
const slaves: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(displays.splice(0).map((led) => led.stop()))
  for (const slave of slaves.splice(0)) slave.kill()
  await Promise.all(cables.splice(0).map((cable) => cable.remove()))
})

async function pluggedCable(): Promise<PtyCable> {
  const cable = createPtyCable()
  cables.push(cable)
  await cable.plugIn()
  return cable
}

/** Shows the state of a golden case; `units` are displays on one line. */
function show({ params, state }: Pick<GoldenCase, 'params' | 'state'>, path: string, units: number[]): Led[] {
  const settings = driver.serial
  const { connect } = createBus(() => createSerialPortLine(createPortFinder({ path }), { settings }))
  return units.map((unit) => {
    const led = createLed({ driver, params: { ...params, unit }, connect, onHealth: () => {}, blinkMs: 60_000 })
    displays.push(led)
    led.start()
    led.show(state)
    return led
  })
}

describe.skipIf(!hasPeers('socat'))('modbus-serial', () => {
  test.each(cases)('carries out %s', async (_, one) => {
    const cable = await pluggedCable()
    const registers = new Map<number, number>()
    const server = new ModbusRTU.ServerSerial(
      { setRegister: (address: number, value: number) => void registers.set(address, value) },
      { path: cable.far, baudRate: driver.serial.baudRate, unitID: unitOf(one) },
    )
    await once(server, 'initialized')
    const apart = { ...one, params: { ...one.params, gapMs: APART_MS } }
    const [led] = show(apart, cable.near, [unitOf(one)])
    await eventually(() => expect([...registers].sort()).toEqual([...registersAfter(one.frames)].sort()))
    await led?.stop()
    await new Promise<void>((done) => server.close(() => done()))
  })
})

describe.skipIf(!hasPeers('socat', 'libmodbus'))('libmodbus', () => {
  let program = ''
  beforeAll(() => {
    const folder = makeTempFolder()
    program = join(folder, 'modbus-slave')
    const source = join(ROOT, 'tests/peers/modbus-slave.c')
    execFileSync('cc', ['-Wall', '-Wextra', '-Werror', source, '-o', program, '-lmodbus'])
    return () => rmSync(folder, { recursive: true })
  })

  /** The writes that it has carried out, as hex. */
  async function slaveAt(path: string, unit: number): Promise<string[]> {
    const slave = spawn(program, [path, String(unit)], { stdio: ['ignore', 'pipe', 'inherit'] })
    slaves.push(slave)
    const lines: string[] = []
    const output = createInterface({ input: slave.stdout })
    output.on('line', (line) => !READ.test(line) && lines.push(line))
    await eventually(() => expect(lines).toEqual(['ready']))
    lines.length = 0
    return lines
  }

  test.each(cases)('carries out %s', async (_, one) => {
    const cable = await pluggedCable()
    const carriedOut = await slaveAt(cable.far, unitOf(one))
    show(one, cable.near, [unitOf(one)])
    await eventually(() => expect(carriedOut).toEqual(one.frames))
  })

  test('carries out what is for its unit, on a line with others', async () => {
    const cable = await pluggedCable()
    const carriedOut = await slaveAt(cable.far, 2)
    // Its own first: what follows a request to another unit it takes for that unit's answer, and here nobody else answers.
    show({ params: {}, state: number() }, cable.near, [2, 1, 3])
    const mine = driver.encode(number(), { unit: 2 }).map(({ bytes }) => Buffer.from(bytes).toString('hex'))
    await eventually(() => expect(carriedOut).toEqual(mine))
    await Promise.all(displays.splice(0).map((led) => led.stop()))
    expect(carriedOut).toEqual(mine)
  })

  describe.skipIf(!hasPeers('mbpoll'))('with mbpoll', () => {
    /** Writes `values` from register `first` on, or reads `count` of them. */
    async function mbpoll(path: string, unit: number, first: number, ask: { values: number[] } | { count: number }) {
      const line = ['-m', 'rtu', '-b', '9600', '-P', 'none', '-a', String(unit), '-0', '-1', '-o', '2']
      const what = 'values' in ask ? [path, ...ask.values.map(String)] : ['-c', String(ask.count), path]
      const { stdout } = await run('mbpoll', [...line, '-r', String(first), ...what], { timeout: 10_000 })
      return [...stdout.matchAll(/^\[\d+\]:\s+(\d+)/gm)].map(([, value]) => Number(value))
    }

    test.each(cases)('gets the same bytes for %s, and reads back the same registers', async (_, one) => {
      const cable = await pluggedCable()
      const unit = unitOf(one)
      const carriedOut = await slaveAt(cable.far, unit)
      const [led] = show(one, cable.near, [unit])
      await eventually(() => expect(carriedOut).toEqual(one.frames))
      await led?.stop()
      // With what ends a blink.
      const sent = [...carriedOut]
      const registers = registersAfter(sent)
      for (const { first, values } of sent.map(writeIn)) {
        const written = values.map((_value, index) => registers.get(first + index))
        expect(await mbpoll(cable.near, unit, first, { count: values.length })).toEqual(written)
      }
      for (const { first, values } of sent.map(writeIn)) await mbpoll(cable.near, unit, first, { values })
      await eventually(() => expect(carriedOut).toEqual([...sent, ...sent]))
    })
  })
})
