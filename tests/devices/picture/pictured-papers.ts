/** The papers of which pictures are kept: what most visitors get, with everything that can stand on them. */
import { PNG } from 'pngjs'
import type { Papers } from '#contract/papers.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import { receipt, slip } from '#tests/devices/samples.ts'

export const SLIP_QR =
  'LOKET2;5f0c2b1e-77aa-5d0e-9c3b-2f6a1d8e4b70;1;A-012;ktp-el-hilang;2026-11-21;1795225013204;-;k20261121;K7Q2M4XR9DPB3W5T'
export const SURVEY_URL = 'https://skm.example.go.id/mpp-buleleng?layanan=surat-kehilangan&loket=12A'

/** A disc beside two bars, 160 by 64. */
export function logoPng(width = 160, height = 64): Buffer {
  const png = new PNG({ width, height })
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isDisc = (x - height / 2) ** 2 + (y - height / 2) ** 2 < (height / 2 - 2) ** 2
      const isBar = x > height + 8 && x < width - 4 && Math.floor((y * 5) / height) % 2 === 1
      png.data.set([0, 0, 0, isDisc || isBar ? 255 : 0], (y * width + x) * 4)
    }
  }
  return PNG.sync.write(png)
}

/** A mall's own papers: logo, number before anything else, own words. */
export const OWN_PAPERS: Papers = {
  logo: `data:image/png;base64,${logoPng().toString('base64')}`,
  slip: [
    { kind: 'logo' },
    { kind: 'number' },
    { kind: 'text', text: { id: 'Selamat datang', en: 'Welcome' }, align: 'center', large: true },
    { kind: 'service' },
    { kind: 'counters' },
    { kind: 'line' },
    { kind: 'text', text: { id: 'Parkir gratis dengan struk ini.' }, bold: true },
    { kind: 'text', text: { id: 'Lantai 2' }, align: 'right' },
    { kind: 'space' },
    { kind: 'qr' },
  ],
}

export type PicturedPaper = { name: string; document: PrintDocument; papers: Papers }

export const PICTURED: readonly PicturedPaper[] = [
  { name: 'slip', document: { ...slip, qr: SLIP_QR, priority: true }, papers: {} },
  {
    name: 'receipt',
    document: { ...receipt, paymentReference: '820261121000001', surveyUrl: SURVEY_URL },
    papers: {},
  },
  { name: 'slip-own', document: { ...slip, qr: SLIP_QR }, papers: OWN_PAPERS },
]
export const WIDTHS = [58, 80] as const
