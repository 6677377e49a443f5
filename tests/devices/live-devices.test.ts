/** The devices of a counter while their set-up changes under them, on real pseudo terminals and sockets. */
import { SerialPort } from 'serialport'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { LedState } from '#main/host/device-documents.ts'
import { LedProfile } from '#main/host/devices/led/drivers.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { createLiveDevices } from '#main/host/devices/live-devices.ts'
import { createDevicePanel } from '#main/host/devices/panel/panel.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { DeviceHealth } from '#main/host/ports.ts'
import { createNetworkPrinter } from '#tests/devices/network-printer.ts'
import { createPrintJobsInMemory } from '#tests/devices/print-jobs-in-memory.ts'
import { createPtyCable } from '#tests/devices/pty-cable.ts'
import { A012, number, slip } from '#tests/devices/samples.ts'
import { eventually } from '#tests/support/eventually.ts'
import { hasPeers } from '#tests/support/peers.ts'

const ON_PANEL = { kind: 'panel' } as const

function live(displays: LedProfile[] = [], printer: PrinterProfile | null = null) {
  const jobs = createPrintJobsInMemory()
  const healths: [string, DeviceHealth][] = []
  const panel = createDevicePanel()
  const devices = createLiveDevices({
    displays,
    printer,
    panel,
    jobs: jobs.store,
    papers: () => null,
    clock: { now: () => 1_000 },
    onHealth: (device, health) => void healths.push([device, health]),
    onPrintProblem() {},
    onTraffic() {},
  })
  devices.start()
  onTestFinished(() => devices.stop())
  return { devices, jobs, healths, panel }
}

async function displayOnCable() {
  const cable = createPtyCable()
  await cable.plugIn()
  const far = new SerialPort({ path: cable.far, baudRate: 9600 })
  const reader = createDisplayReader('epson-dm', {})
  const heard: string[] = []
  far.on('data', (bytes: Buffer) => {
    heard.push(bytes.toString('hex'))
    reader.feed(bytes)
  })
  await new Promise((resolve) => far.once('open', resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => (far.isOpen ? far.close(resolve) : resolve(null)))
    await cable.remove()
  })
  const profile = LedProfile.parse({ driver: 'epson-dm', transport: { kind: 'serial', path: cable.near } })
  return { profile, shown: () => reader.shown(), heard }
}

const BLINKING = /1f4508/
const CALLED: LedState = number(A012, true)

describe.skipIf(!hasPeers('socat'))('a display', () => {
  test('that does not change goes on undisturbed while the printer is changed', async () => {
    const { profile, shown, heard } = await displayOnCable()
    const { devices } = live([profile])
    devices.led.show(CALLED)
    await eventually(() => expect(shown()).toContain('A-012'))
    const before = heard.length
    await devices.use({ displays: [profile], printer: PrinterProfile.parse({ width: 58, transport: ON_PANEL }) })
    expect(devices.printer.health()).toEqual({ state: 'ready' })
    expect(heard.slice(before)).toEqual([])
  })

  test('shows the newest state again after a try, without blinking for a call that was seen', async () => {
    const { profile, shown, heard } = await displayOnCable()
    const { devices } = live([profile])
    devices.led.show(CALLED)
    await eventually(() => expect(heard.join('')).toMatch(BLINKING))
    heard.length = 0
    await devices.without(['led'], async () => {
      expect(devices.led.health()).toEqual({ state: 'connecting' })
    })
    await eventually(() => expect(shown()).toContain('A-012'))
    await eventually(() => expect(devices.led.health()).toEqual({ state: 'ready' }))
    expect(heard.join('')).not.toMatch(BLINKING)
  })

  test('blinks for a call that came while it was away', async () => {
    const { profile, heard } = await displayOnCable()
    const { devices } = live([profile])
    devices.led.show({ kind: 'idle' })
    await eventually(() => expect(devices.led.health()).toEqual({ state: 'ready' }))
    await devices.without(['led'], async () => devices.led.show(CALLED))
    await eventually(() => expect(heard.join('')).toMatch(BLINKING))
  })
})

describe('a try', () => {
  /** Holds the devices until it is cut short. */
  function heldBy(devices: ReturnType<typeof live>['devices']) {
    const { promise: began, resolve: begin } = Promise.withResolvers<void>()
    const ran = devices.without(['led'], (cut) => {
      begin()
      return new Promise((resolve) => cut.addEventListener('abort', () => resolve()))
    })
    return { began, ran }
  }

  test('is cut short by a save, whose set-up is then in force', async () => {
    const { devices } = live()
    const { began, ran } = heldBy(devices)
    await began
    await devices.use({ displays: [LedProfile.parse({ driver: 'cd5220', transport: ON_PANEL })], printer: null })
    expect(await ran).toBe(true)
    await eventually(() => expect(devices.led.health()).toEqual({ state: 'ready' }))
  })

  test('that waits its turn when something is saved is not begun', async () => {
    const { devices } = live()
    const { began } = heldBy(devices)
    await began
    const work = vi.fn(async () => {})
    const second = devices.without(['led'], work)
    await devices.use({ displays: [], printer: null })
    expect(await second).toBe(false)
    expect(work).not.toHaveBeenCalled()
  })

  test('is cut short by the end of the host, and none begins after it', async () => {
    const { devices } = live()
    const { began, ran } = heldBy(devices)
    await began
    await devices.stop()
    expect(await ran).toBe(true)
    const work = vi.fn(async () => {})
    expect(await devices.without(['led'], work)).toBe(false)
    expect(work).not.toHaveBeenCalled()
  })

  test('leaves no display behind in the panel', async () => {
    const { devices, panel } = live([LedProfile.parse({ driver: 'cd5220', transport: ON_PANEL })])
    devices.led.show({ kind: 'closed' })
    await eventually(() => expect(panel.snapshot().displays).toHaveLength(1))
    await devices.without(['led'], async () => panel.addDisplay('cd5220', {})(Buffer.from('0c', 'hex')))
    await eventually(() => expect(panel.snapshot().displays).toMatchObject([{ shown: 'LOKET TUTUP' }]))
  })

  test('that fails gives the devices back', async () => {
    const { devices } = live([LedProfile.parse({ driver: 'cd5220', transport: ON_PANEL })])
    const failing = devices.without(['led', 'printer'], () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    await eventually(() => expect(devices.led.health()).toEqual({ state: 'ready' }))
  })
})

test('a paper that waits for a new roll is not disturbed by a save that does not change its printer', async () => {
  const network = await createNetworkPrinter()
  onTestFinished(() => network.close())
  const transport = { kind: 'tcp', host: '127.0.0.1', port: network.port }
  const printer = PrinterProfile.parse({ width: 80, transport })
  const { devices, jobs } = live([], printer)
  network.paperLeft = 200
  jobs.add('a', slip)
  devices.printer.wake()
  await eventually(() => expect(devices.printer.health()).toMatchObject({ code: 'PRINTER_PAPER_OUT' }))
  await devices.use({ displays: [LedProfile.parse({ driver: 'cd5220', transport: ON_PANEL })], printer })
  expect(jobs.states()).toEqual({ a: 'sending' })
  network.paperLeft = Number.POSITIVE_INFINITY
  network.goOn()
  await eventually(() => expect(jobs.states()).toEqual({ a: 'confirmed' }))
})

test('every device is found with the ports of all others in mind', async () => {
  const serial = (path: string) => ({ kind: 'serial', path, device: { vendorId: '1A86', productId: '7523' } })
  const { devices } = live(
    [LedProfile.parse({ driver: 'cd5220', transport: serial('/dev/loket-a') })],
    PrinterProfile.parse({ width: 80, transport: serial('/dev/loket-b') }),
  )
  expect(devices.saved()).toEqual(['/dev/loket-a', '/dev/loket-b'])
  await devices.use({ displays: [], printer: null })
  expect(devices.saved()).toEqual([])
})
