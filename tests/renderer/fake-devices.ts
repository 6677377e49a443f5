/** A fake host with devices: two ports, three printers, the drivers of the product, and papers. Nothing is decided here. */
import { z } from 'zod'
import type { DriverView, PrinterView, SerialPortView } from '#contract/methods/devices.ts'
import type { PaperView } from '#contract/snapshot.ts'
import { ledDriver, ledDriverIds } from '#main/host/devices/led/drivers.ts'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'

export const DRIVERS: DriverView[] = ledDriverIds.map((id) => {
  const { name, serial, parameters } = ledDriver(id)
  return { id, name, serial, parameters: z.toJSONSchema(parameters, { io: 'input' }) as Record<string, unknown> }
})

export const CABLE: SerialPortView = {
  path: 'COM3',
  maker: 'FTDI',
  serialNumber: 'A10K2B7Q',
  pnpId: 'USB\\VID_0403&PID_6001\\A10K2B7Q',
  vendorId: '0403',
  productId: '6001',
  usedBy: 'display',
}
export const OLD_PORT: SerialPortView = {
  path: 'COM1',
  maker: null,
  serialNumber: null,
  pnpId: 'ACPI\\PNP0501\\1',
  vendorId: null,
  productId: null,
  usedBy: null,
}
export const NEW_CABLE: SerialPortView = {
  path: 'COM7',
  maker: 'wch.cn',
  serialNumber: null,
  pnpId: 'USB\\VID_1A86&PID_7523\\5&2c7',
  vendorId: '1A86',
  productId: '7523',
  usedBy: null,
}

export const PRINTERS: PrinterView[] = [
  {
    name: 'EPSON TM-T82 Receipt',
    kind: 'spooler',
    driver: 'EPSON TM-T82 Receipt5',
    port: 'USB001',
    isDefault: true,
    alike: [],
    problem: null,
  },
  {
    name: 'Kantor Lantai 2',
    kind: 'spooler',
    driver: 'HP Universal Printing PCL 6',
    port: '10.0.0.8',
    isDefault: false,
    alike: [],
    problem: null,
  },
]

export const DISPLAY = {
  driver: 'cd5220',
  params: {},
  transport: {
    kind: 'serial',
    path: 'COM3',
    device: { serialNumber: 'A10K2B7Q', vendorId: '0403', productId: '6001' },
  },
}
export const PROFILE = {
  displays: [DISPLAY],
  printer: { width: 80, transport: { kind: 'spooler', queue: 'EPSON TM-T82 Receipt' } },
  voice: null,
  language: 'id',
}
export const ZONES = [
  { id: 'lantai-1', name: 'Lantai 1' },
  { id: 'lantai-2', name: 'Lantai 2' },
]

const line = (text: string, change: Partial<PaperView['lines'][number]> = {}) => ({
  text,
  align: 'center' as const,
  bold: false,
  width: 1,
  height: 1,
  ...change,
})

export function paper(first: string): PaperView {
  return {
    columns: 48,
    lines: [
      line('MPP KABUPATEN BULELENG', { bold: true }),
      line(first),
      line('A-012', { bold: true, width: 3, height: 3 }),
      line('Surat keterangan kehilangan'),
      line('Polres Buleleng, Loket 3'),
      line('-'.repeat(48), { align: 'left' }),
      line(`Tarif${'Rp0 (gratis)'.padStart(43)}`, { align: 'left' }),
      line('Pengaduan: SP4N-LAPOR!'),
    ],
    qr: ['LOKET2;6f2d1c1e;1;A-012'],
    images: [],
  }
}

export type Plugged = { ports: SerialPortView[]; printers: PrinterView[] }

/** Answers every method of the devices screen; a test answers some of them otherwise afterwards. */
export function playDevices(host: FakeHost, { profile = PROFILE as object, zones = ZONES } = {}): Plugged {
  const plugged: Plugged = { ports: [OLD_PORT, CABLE], printers: PRINTERS }
  host.answer('devices.list', () => ({ ok: true, data: { ...plugged, problems: [] } }))
  host.answer('devices.drivers', () => ({ ok: true, data: { drivers: DRIVERS } }))
  host.answer('devices.profile', () => ({ ok: true, data: { profile, zones } }))
  host.answer('devices.save', () => DONE)
  host.answer('devices.traffic', () => ({ ok: true, data: { lines: [] } }))
  host.answer('devices.previewDisplay', ({ display, show }) => {
    const { label = 'SELAMAT DATANG', counterName } = show as { label?: string; counterName?: string }
    const { driver } = display as { driver: string }
    const shown =
      driver === 'template' ? null : counterName === undefined ? label : `ANTREAN ${label}\nLOKET ${counterName}`
    const state = ['1B 51 41 41 4E 54 52 45 41 4E 20 20 20 20 20 20 20 41 2D 30 31 32 0D']
    return { ok: true, data: { showsPrefix: driver !== 'stx-ascii', init: ['0C 1B 40 1B 2A 04'], state, shown } }
  })
  host.answer('devices.tryDisplay', () => ({
    ok: true,
    data: { code: null, detail: null, hints: ['HINT_LOOK_AT_IT'] },
  }))
  host.answer('devices.previewPaper', ({ paper: kind }) => ({
    ok: true,
    data: { picture: paper(kind === 'slip' ? 'NOMOR ANTREAN' : 'TANDA TERIMA'), problems: [], warnings: [] },
  }))
  host.answer('devices.tryPrinter', () => ({
    ok: true,
    data: { kind: 'handed_over', code: null, detail: null, hints: [], paperLow: null },
  }))
  host.answer('devices.export', () => ({ ok: true, data: { fileName: 'loket-3.json', text: '{"loket":3}' } }))
  return plugged
}

/** What was asked of one method, in order. */
export function askedOf(host: FakeHost, method: string): Record<string, unknown>[] {
  return host.received.filter((one) => one.method === method).map(({ input }) => input)
}
