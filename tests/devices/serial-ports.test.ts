/** Which port is the display's or the printer's after cables were moved, and what a listing says when it fails. */
import fc from 'fast-check'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createSerialPortLine } from '#main/host/devices/led/serial-line.ts'
import { openSerialLine } from '#main/host/devices/printer/line-serial.ts'
import { type Choice, chooseDevice } from '#main/host/devices/serial/choose-device.ts'
import { portKey, type WantedPort } from '#main/host/devices/serial/device-identity.ts'
import { portProblem } from '#main/host/devices/serial/port-error.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import { listSerialPorts, type SerialPortInfo } from '#main/host/devices/serial/serial-ports.ts'

function port(path: string, about: Partial<SerialPortInfo> = {}): SerialPortInfo {
  return { path, maker: null, serialNumber: null, pnpId: null, vendorId: null, productId: null, ...about }
}

const FTDI = { maker: 'FTDI', vendorId: '0403', productId: '6001' }
const CH340 = { maker: 'wch.cn', vendorId: '1a86', productId: '7523' }
const ftdi = (path: string, serialNumber: string) => port(path, { ...FTDI, serialNumber })
const likeCh340 = { vendorId: '1A86', productId: '7523' }

const pathOf = (choice: Choice) => (choice.kind === 'found' ? choice.path : choice.kind)

describe('the port of a device', () => {
  test.each<[string, WantedPort, SerialPortInfo[], string]>([
    ['without identity is the saved one', { path: 'COM3' }, [ftdi('COM4', 'A')], 'COM3'],
    [
      'is where its serial number went, although its like is at the old path',
      { path: 'COM3', device: { serialNumber: 'A' } },
      [ftdi('COM3', 'B'), ftdi('COM9', 'a')],
      'COM9',
    ],
    [
      'is not its like with another serial number: that one belongs to somebody else',
      { path: 'COM3', device: { ...likeCh340, serialNumber: 'A' } },
      [port('COM3', { ...CH340, serialNumber: 'B' })],
      'missing',
    ],
    [
      'is tried at its path while it is unplugged',
      { path: 'COM3', device: { vendorId: '0403', productId: '6001', serialNumber: 'A' } },
      [ftdi('COM4', 'B')],
      'COM3',
    ],
    [
      'is told by the saved path among clones that all have the serial number 0001',
      { path: 'COM3', device: { serialNumber: '0001' } },
      [ftdi('COM4', '0001'), ftdi('COM3', '0001')],
      'COM3',
    ],
    [
      'is asked for when those clones have both moved',
      { path: 'COM3', device: { serialNumber: '0001' } },
      [ftdi('COM4', '0001'), ftdi('COM5', '0001')],
      'ambiguous',
    ],
    [
      'follows the exact pnpId before its like',
      { path: 'COM3', device: { ...likeCh340, pnpId: 'USB\\VID_1A86&PID_7523\\5&2A8B' } },
      [port('COM7', CH340), port('COM8', { ...CH340, pnpId: 'USB\\VID_1A86&PID_7523\\5&2a8b' })],
      'COM8',
    ],
    [
      'does not go by a serial number that Windows made up for the socket',
      { path: 'COM3', device: { ...likeCh340, serialNumber: '5&2A8B&0&3' } },
      [port('COM7', { ...CH340, serialNumber: '5&19FF&0&1' })],
      'COM7',
    ],
    [
      'is the only one of its kind',
      { path: 'COM3', device: likeCh340 },
      [ftdi('COM4', 'B'), port('COM7', CH340)],
      'COM7',
    ],
    [
      'is asked for among several of its kind',
      { path: 'COM3', device: likeCh340 },
      [port('COM6', CH340), port('COM7', CH340)],
      'ambiguous',
    ],
    [
      'is not an adapter of another kind at its path',
      { path: 'COM3', device: likeCh340 },
      [ftdi('COM3', 'B')],
      'missing',
    ],
    ['is tried at its path when nothing is listed', { path: '/dev/pts/4', device: likeCh340 }, [], '/dev/pts/4'],
  ])('%s', (_, wanted, ports, path) => {
    expect(pathOf(chooseDevice(wanted, ports))).toBe(path)
  })

  test('is not its like at the path of another device of the counter', () => {
    const wanted = { path: 'COM3', device: likeCh340 }
    const saved = ['COM3', 'com4']
    expect(pathOf(chooseDevice(wanted, [port('COM4', CH340)], saved))).toBe('COM3')
    expect(pathOf(chooseDevice(wanted, [port('COM4', CH340), port('COM5', CH340)], saved))).toBe('COM5')
    expect(pathOf(chooseDevice(wanted, [port('COM3', CH340), port('COM4', CH340)], saved))).toBe('COM3')
    // Its own serial number is proof enough.
    const known = { path: 'COM3', device: { serialNumber: 'A' } }
    expect(pathOf(chooseDevice(known, [ftdi('COM4', 'A')], saved))).toBe('COM4')
  })
})

const word = (...words: string[]) => fc.constantFrom(null, ...words)
const about = {
  serialNumber: word('A', 'B', '5&1', '5&2'),
  pnpId: word('p', 'q'),
  vendorId: word('0403', '1a86', '1A86'),
  productId: word('6001', '7523'),
}
const ports = fc.uniqueArray(
  fc.record({ path: fc.constantFrom('COM1', 'COM2', 'COM3', 'COM4'), maker: fc.constant(null), ...about }),
  { selector: ({ path }) => path },
)
const wantedPort = fc.record({ path: fc.constantFrom('COM1', 'com2', 'COM9'), device: fc.record(about) }).map(
  ({ path, device }): WantedPort => ({
    path,
    device: Object.fromEntries(Object.entries(device).filter(([, value]) => value !== null)),
  }),
)
const isReal = (serial: string | null | undefined) => Boolean(serial) && !serial?.includes('&')

describe('whatever is plugged in,', () => {
  test('the order in which it is listed does not matter', () => {
    fc.assert(
      fc.property(wantedPort, ports, fc.array(fc.constantFrom('COM1', 'COM3')), (wanted, listed, saved) => {
        const [choice, reversed] = [listed, listed.toReversed()].map((list) => chooseDevice(wanted, list, saved))
        expect(reversed?.kind).toBe(choice?.kind)
        if (choice?.kind === 'found') expect(reversed).toEqual(choice)
      }),
    )
  })

  test('a device that is known to be another is never taken', () => {
    fc.assert(
      fc.property(wantedPort, ports, (wanted, listed) => {
        const choice = chooseDevice(wanted, listed)
        const serial = wanted.device?.serialNumber
        if (choice.kind !== 'found' || !choice.port || !isReal(serial) || !isReal(choice.port.serialNumber)) return
        expect(choice.port.serialNumber).toBe(serial)
      }),
    )
  })

  test('the only one with the real serial number is taken, unless its kind is known to be another', () => {
    fc.assert(
      fc.property(wantedPort, ports, (wanted, listed) => {
        const mine = listed.filter(({ serialNumber }) => serialNumber === 'A')
        const device = { serialNumber: 'A', pnpId: wanted.device?.pnpId }
        fc.pre(mine.length === 1)
        expect(pathOf(chooseDevice({ path: wanted.path, device }, listed))).toBe(mine[0]?.path)
      }),
    )
  })

  test('what is asked about is two or more listed ports, and what is found is listed or at the saved path', () => {
    fc.assert(
      fc.property(wantedPort, ports, (wanted, listed) => {
        const choice = chooseDevice(wanted, listed)
        if (choice.kind === 'ambiguous') {
          expect(choice.candidates.length).toBeGreaterThan(1)
          expect(listed).toEqual(expect.arrayContaining(choice.candidates))
        } else if (choice.kind === 'missing') expect(portKey(choice.instead.path)).toBe(portKey(wanted.path))
        else if (choice.port) expect(listed).toContain(choice.port)
        else expect(choice.path).toBe(wanted.path)
      }),
    )
  })
})

describe('a port finder', () => {
  const wanted = { path: 'COM3', device: likeCh340 }
  const finding = (...ports: SerialPortInfo[]) => createPortFinder(wanted, [], async () => ({ ports, problem: null }))

  test('lists anew each time, and says where it found the device last', async () => {
    let listed = [port('COM5', CH340)]
    const finder = createPortFinder(wanted, [], async () => ({ ports: listed, problem: null }))
    expect(finder.where()).toBe('COM3')
    expect(await finder.find()).toBe('COM5')
    expect(finder.where()).toBe('COM5 (wch.cn)')
    listed = []
    expect(await finder.find()).toBe('COM3')
    expect(finder.where()).toBe('COM5 (wch.cn)')
    listed = [port('COM6', CH340)]
    expect(await finder.find()).toBe('COM6')
  })

  test('goes to the saved path when ports cannot be listed', async () => {
    const problem = { code: 'SERIAL_LIST_FAILED', detail: 'spawn udevadm ENOENT' } as const
    expect(await createPortFinder(wanted, [], async () => ({ ports: [], problem })).find()).toBe('COM3')
  })

  test('does not list for a set-up that knows nothing but a path', async () => {
    const finder = createPortFinder({ path: 'COM3' }, [], () => Promise.reject(new Error('listed')))
    expect(await finder.find()).toBe('COM3')
  })

  test('gives display and printer a code for each way in which the port is not there', async () => {
    const two = finding(port('COM6', { ...CH340, serialNumber: '5&1' }), port('COM7', CH340))
    const detail = 'COM6 (wch.cn) 1a86:7523 5&1; COM7 (wch.cn) 1a86:7523'
    const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const
    const line = createSerialPortLine(two, { settings })
    await expect(line.open()).rejects.toMatchObject({ code: 'LED_PORT_AMBIGUOUS', message: detail })
    const printer = openSerialLine(two, { settings, flow: 'none' }, 1000)
    await expect(printer).rejects.toMatchObject({ code: 'PRINTER_PORT_AMBIGUOUS' })
    const other = createSerialPortLine(finding(ftdi('COM3', 'B')), { settings })
    await expect(other.open()).rejects.toMatchObject({
      code: 'LED_PORT_MISSING',
      message: 'another device: COM3 (FTDI) 0403:6001 B',
    })
  })
})

test.each([
  ['Error: Permission denied, cannot open /dev/ttyUSB0', 'busy'],
  ['Error: Resource temporarily unavailable Cannot lock port', 'busy'],
  ['Opening COM3: Access denied', 'busy'],
  ['Error: No such file or directory, cannot open /dev/ttyUSB9', 'missing'],
  ['Opening COM9: File not found', 'missing'],
])('%s: %s', (message, problem) => {
  expect(portProblem(new Error(message))).toBe(problem)
})

describe('the list of ports', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('is empty and has a problem where the tool of the system is missing', async () => {
    vi.stubEnv('PATH', '/nonexistent')
    expect(await listSerialPorts()).toEqual({
      ports: [],
      problem: { code: 'SERIAL_LIST_FAILED', detail: expect.stringContaining('udevadm') },
    })
  })

  test('is asked for once at a time: whoever comes while it is stuck holds no further thread, and it is asked anew after it', async () => {
    let release = (_: []) => {}
    const stuck = new Promise<[]>((resolve) => {
      release = resolve
    })
    const list = vi.spyOn(SerialPort, 'list').mockReturnValue(stuck)
    onTestFinished(() => list.mockRestore())
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const askers = [listSerialPorts(), listSerialPorts()]
    await vi.advanceTimersByTimeAsync(6_000)
    const late = { ports: [], problem: { code: 'SERIAL_LIST_FAILED', detail: 'Error: no list within 5000 ms' } }
    expect(await Promise.all(askers)).toEqual([late, late])
    const next = listSerialPorts()
    expect(list).toHaveBeenCalledTimes(1)
    release([])
    expect(await next).toEqual({ ports: [], problem: null })
    await listSerialPorts()
    expect(list).toHaveBeenCalledTimes(2)
  })
})
