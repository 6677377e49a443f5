import { afterEach, describe, expect, test } from 'vitest'
import type { Papers } from '#contract/papers.ts'
import { PanelSnapshot } from '#contract/snapshot.ts'
import { createDevices, type DeviceOptions, type Devices } from '#main/host/devices/create-devices.ts'
import { LedProfile, ledDriver } from '#main/host/devices/led/drivers.ts'
import { createDevicePanel } from '#main/host/devices/panel/panel.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createPanelTransport } from '#main/host/devices/printer/transport-panel.ts'
import { OWN_PAPERS } from '#tests/devices/picture/pictured-papers.ts'
import { createPrintJobsInMemory } from '#tests/devices/print-jobs-in-memory.ts'
import { number, receipt, slip } from '#tests/devices/samples.ts'
import { eventually } from '#tests/support/eventually.ts'

const ON_PANEL = { kind: 'panel' } as const

let devices: Devices | null = null
afterEach(async () => {
  await devices?.stop()
  devices = null
})

function start(options: Partial<DeviceOptions>): {
  devices: Devices
  jobs: ReturnType<typeof createPrintJobsInMemory>
} {
  const jobs = createPrintJobsInMemory()
  const started = createDevices({
    displays: [],
    printer: null,
    saved: [],
    jobs: jobs.store,
    panel: createDevicePanel(),
    papers: () => null,
    clock: { now: () => 1_000 },
    onHealth: () => {},
    onPrintProblem: () => {},
    onTraffic: () => {},
    ...options,
  })
  devices = started
  started.start()
  return { devices: started, jobs }
}

describe('a counter on one laptop', () => {
  test('shows calls and paper in the panel', async () => {
    const { devices, jobs } = start({
      displays: [LedProfile.parse({ driver: 'cd5220', transport: ON_PANEL })],
      printer: PrinterProfile.parse({ width: 58, transport: ON_PANEL }),
    })
    const changes: unknown[] = []
    devices.panel.onChange((snapshot) => changes.push(snapshot))
    devices.led.show(number())
    jobs.add('job-1', slip)
    devices.printer.wake()
    await eventually(() => expect(devices.panel.snapshot().displays[0]?.shown).toBe('ANTREAN A-012\nLOKET 3'))
    await eventually(() => expect(jobs.states()).toEqual({ 'job-1': 'confirmed' }))
    const { displays, prints } = devices.panel.snapshot()
    expect(displays).toMatchObject([{ driver: 'CD5220, dua baris 20 karakter', hex: expect.stringMatching(/^1b5141/) }])
    expect(prints).toMatchObject([{ id: 'job-1', at: 1_000, qr: [slip.qr], columns: 32 }])
    expect(prints[0]?.lines.map(({ text }) => text)).toContain('A-012')
    expect(changes.at(-1)).toEqual(devices.panel.snapshot())
    expect(structuredClone(devices.panel.snapshot())).toEqual(devices.panel.snapshot())
  })

  test('shows each of its displays by itself, in the order of the profile', async () => {
    const drivers = ['modbus-rtu', 'cd5220', 'modbus-rtu'] as const
    const { devices } = start({ displays: drivers.map((driver) => LedProfile.parse({ driver, transport: ON_PANEL })) })
    devices.led.show(number())
    await eventually(() =>
      expect(devices.panel.snapshot().displays.map(({ shown }) => shown)).toEqual([
        'A012',
        'ANTREAN A-012\nLOKET 3',
        'A012',
      ]),
    )
  })

  test("prints on the mall's own papers as they are when a job is printed, and shows their logo", async () => {
    let papers: Papers | null = null
    const { devices, jobs } = start({
      printer: PrinterProfile.parse({ width: 80, transport: ON_PANEL }),
      papers: () => papers,
    })
    const printed = async (id: string) => {
      jobs.add(id, slip)
      devices.printer.wake()
      await eventually(() => expect(jobs.states()[id]).toBe('confirmed'))
      return PanelSnapshot.parse(devices.panel.snapshot()).prints[0]
    }
    expect(await printed('a')).toMatchObject({ images: [], columns: 48 })
    papers = OWN_PAPERS
    const own = await printed('b')
    expect(own).toMatchObject({ images: [{ beforeLine: 0, align: 'center', width: 160, height: 64 }] })
    expect(own?.lines.map(({ text }) => text)).toContain('Parkir gratis dengan struk ini.')
  })

  test('without display and printer works on and says that they are absent', async () => {
    const { devices, jobs } = start({})
    jobs.add('a', slip)
    devices.led.show(number())
    devices.printer.wake()
    expect([devices.led.health(), devices.printer.health()]).toEqual([{ state: 'absent' }, { state: 'absent' }])
    expect(devices.panel.snapshot()).toEqual({ displays: [], prints: [] })
    expect(jobs.states()).toEqual({ a: 'queued' })
  })

  test('reports a display whose port is missing and a printer that refuses, each by its name', async () => {
    const healths: string[] = []
    const { devices, jobs } = start({
      displays: [LedProfile.parse({ driver: 'modbus-rtu', transport: { kind: 'serial', path: '/dev/loket-none' } })],
      printer: PrinterProfile.parse({ width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: 1 } }),
      onHealth: (device, health) => healths.push(`${device} ${health.state === 'failed' ? health.code : health.state}`),
    })
    jobs.add('a', receipt)
    devices.printer.wake()
    await eventually(() => expect(healths.toSorted()).toEqual(['led LED_PORT_MISSING', 'printer PRINTER_REFUSED']))
    expect(jobs.states()).toEqual({ a: 'queued' })
  })
})

describe('the device panel', () => {
  test('keeps the last ten prints, newest first', () => {
    const panel = createDevicePanel()
    const bytes = renderDocument(slip, 80)
    for (let job = 1; job <= 12; job++) panel.printed({ id: `job-${job}`, at: job, bytes }, 80)
    expect(panel.snapshot().prints.map(({ id }) => id)).toEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) => `job-${n}`),
    )
  })

  test('shows what the bytes mean with the parameters of the profile', () => {
    const panel = createDevicePanel()
    const params = { profile: 'tm1650' }
    const show = panel.addDisplay('modbus-rtu', params)
    for (const { bytes } of ledDriver('modbus-rtu').encode(number(), params)) show(bytes)
    expect(panel.snapshot().displays[0]?.shown).toBe('12')
  })

  test('shows the letters among the bytes of a display that only its technician knows', () => {
    const panel = createDevicePanel()
    const params = { preset: 'dsp-800' }
    const [frame] = ledDriver('template').encode(number(), params)
    panel.addDisplay('template', params)(frame?.bytes ?? new Uint8Array())
    expect(panel.snapshot().displays[0]?.shown).toContain('ANTREAN A-012')
  })

  test('tells on the paper that it cannot read a job', () => {
    const panel = createDevicePanel()
    panel.printed({ id: 'odd', at: 1, bytes: Uint8Array.of(0x41, 0x07) }, 58)
    const [print] = panel.snapshot().prints
    const lines = print?.lines.map(({ text }) => text) ?? []
    expect(lines.join(' ')).toContain('offset 1')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(print?.columns ?? 0)
  })

  test('as a printer does not claim to have printed what it cannot read', async () => {
    const attendance = { tell: () => {}, closing: new AbortController().signal }
    const outcome = await createPanelTransport().send(Uint8Array.of(0x07), attendance)
    expect(outcome).toMatchObject({ kind: 'unknown' })
  })

  test('no longer tells a listener that has ended', () => {
    const panel = createDevicePanel()
    const heard: unknown[] = []
    const end = panel.onChange((snapshot) => heard.push(snapshot))
    const show = panel.addDisplay('cd5220', {})
    show(Uint8Array.of(0x0c))
    end()
    show(Uint8Array.of(0x0c))
    expect(heard).toHaveLength(1)
  })
})
