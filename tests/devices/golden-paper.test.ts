/** Slips and receipts as they lie on the counter. Whoever changes one looks at the paper here first. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { PrintDocument } from '#main/host/device-documents.ts'
import { type Paper, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { paperText } from '#tests/devices/paper-text.ts'
import { receipt, slip } from '#tests/devices/samples.ts'

const PRINT_QR = '1d286b0300315130'

/** As long as they get, with what the printer's code page does not have. */
const longSlip: PrintDocument = {
  ...slip,
  language: 'en',
  mallName: 'Mal Pelayanan Publik “Bumi Habaring Hurung” – Kotawaringin Timur',
  agencyName: 'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu',
  serviceName: 'Perizinan Berusaha Berbasis Risiko (OSS) – usaha mikro',
  label: { text: '4KA-0012', prefix: '4KA', digits: '0012' },
  peopleAhead: 0,
  tariffRupiah: 1_250_000,
  priority: true,
  copy: true,
}
const longReceipt: PrintDocument = {
  ...receipt,
  language: 'en',
  agencyName: 'Badan Penyelenggara Jaminan Sosial Kesehatan Cabang Singaraja',
  outcome: 'incomplete',
  product: null,
  tariffRupiah: 0,
  next: null,
  copy: true,
}

test.each<[string, PrintDocument]>([
  ['slip', slip],
  ['slip-long', longSlip],
  ['receipt', receipt],
  ['receipt-copy', longReceipt],
])('a %s lies as it should on 58 and on 80 mm paper', (name, document) => {
  for (const width of [58, 80] as const) {
    const golden = readFileSync(new URL(`golden/${name}-${width}.txt`, import.meta.url), 'utf8')
    expect(paperText(readEscPos(renderDocument(document, width)), width)).toBe(golden)
  }
})

describe('paper as text', () => {
  const paper = (hex: string): Paper => readEscPos(Buffer.from(hex, 'hex'))

  test('shows size, weight, place and cut', () => {
    const bytes = '1b40' + '1b6101' + '1b4501' + '1d2111' + '41420a' + '1d56001b40'
    expect(paperText(paper(bytes), 58)).toBe(`|${' '.repeat(14)}A B ${' '.repeat(14)}| 2x2 bold\n8<${'-'.repeat(32)}\n`)
  })

  test('refuses what runs over the edge', () => {
    expect(() => paperText(paper(`${'41'.repeat(33)}0a`), 58)).toThrow(/over the edge/)
    expect(() => paperText(paper(`1d2110${'41'.repeat(17)}0a`), 58)).toThrow(/over the edge/)
    // Module size, correction M, store "ABC", print.
    const qr = (dots: string) => paper(`1d286b03003143${dots}1d286b03003145311d286b0600315030414243${PRINT_QR}`)
    expect(qr('0c').items).toEqual([
      { kind: 'qr', qr: { text: 'ABC', align: 'left', moduleDots: 12, correction: 'M' } },
    ])
    expect(paperText(qr('0c'), 58)).toContain('[QR 252 dots]')
    // 21 modules and a quiet zone of 8: 377 dots fit into 384, 406 do not.
    expect(paperText(qr('0d'), 58)).toContain('[QR 273 dots]')
    expect(() => paperText(qr('0e'), 58)).toThrow(/over the edge/)
  })
})
