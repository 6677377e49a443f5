/** What a mall may change about its papers, and how its screens see them before they are in use. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MallConfig } from '#contract/mall-config.ts'
import { DEFAULT_RECEIPT, DEFAULT_SLIP, type Papers } from '#contract/papers.ts'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { rasterOf } from '#main/host/devices/printer/logo.ts'
import { previewPaper } from '#main/host/devices/printer/preview.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { sampleReceipt, sampleSlip } from '#main/host/printing/sample-documents.ts'
import { brokenLogos } from '#tests/devices/broken-logos.ts'
import { logoPng, OWN_PAPERS } from '#tests/devices/picture/pictured-papers.ts'
import { receipt, slip } from '#tests/devices/samples.ts'

const SAMPLE_MALL = new URL('../../config/contoh-mpp.json', import.meta.url)
const NOW = Date.UTC(2026, 10, 21, 1, 36)
const linesOf = (preview: ReturnType<typeof previewPaper>) =>
  preview.ok ? preview.paper.lines.map(({ text }) => text.trim().replace(/ {2,}/g, ' ')) : []
const problemsOf = (preview: ReturnType<typeof previewPaper>) =>
  preview.ok ? [] : preview.problems.map(({ rule, path }) => `${rule} ${path}`)
const warningsOf = (preview: ReturnType<typeof previewPaper>) =>
  preview.ok ? preview.warnings.map(({ rule, path, message }) => ({ rule, path, message })) : []

describe('a mall with papers of its own', () => {
  test('gets its blocks in its order, and only those', () => {
    expect(linesOf(previewPaper(slip, 80, OWN_PAPERS))).toEqual([
      '',
      'A-012',
      'Selamat datang',
      'Penggantian KTP-el karena hilang',
      'Loket 3, 4',
      '-'.repeat(48),
      'Parkir gratis dengan struk ini.',
      'Lantai 2',
      '',
      '',
      'Kode: K7Q2M4',
      '',
    ])
    expect(linesOf(previewPaper({ ...slip, language: 'en' }, 80, OWN_PAPERS))).toContain('Welcome')
    expect(renderDocument(receipt, 80, { slip: OWN_PAPERS.slip })).toEqual(renderDocument(receipt, 80))
  })

  test('that writes down the standard papers prints exactly those', () => {
    const papers = { slip: [...DEFAULT_SLIP], receipt: [...DEFAULT_RECEIPT] }
    for (const document of [slip, { ...receipt, surveyUrl: 'https://skm.go.id' }]) {
      for (const width of [58, 80] as const) {
        expect(renderDocument(document, width, papers)).toEqual(renderDocument(document, width))
      }
    }
  })

  test('marks every copy, whatever its blocks are', () => {
    expect(linesOf(previewPaper({ ...slip, copy: true }, 58, OWN_PAPERS))[0]).toBe('*** SALINAN ***')
  })

  test('says of a try that it is one, first and large, whatever its blocks are, and even of a copy', () => {
    for (const [language, mark] of [
      ['id', 'UJI CETAK'],
      ['en', 'PRINT TEST'],
    ] as const) {
      for (const papers of [{}, OWN_PAPERS]) {
        for (const width of [58, 80] as const) {
          const preview = previewPaper({ ...slip, language, copy: true, trial: true }, width, papers)
          if (!preview.ok) throw new Error(problemsOf(preview).join())
          const [first, second] = preview.paper.lines
          expect(first).toMatchObject({ text: mark, align: 'center' })
          expect(first?.height).toBeGreaterThan(2)
          expect(second?.text).toContain('SALINAN')
        }
      }
    }
    expect(renderDocument({ ...slip, trial: false }, 80)).toEqual(renderDocument(slip, 80))
  })

  test('has its own words large, bold and placed, and nothing over the edge', () => {
    const preview = previewPaper(slip, 58, {
      slip: [
        { kind: 'number' },
        { kind: 'service' },
        { kind: 'qr' },
        { kind: 'text', text: { id: 'Buka sampai pukul 15.00 setiap hari' }, large: true, bold: true, align: 'right' },
      ],
    })
    if (!preview.ok) throw new Error(problemsOf(preview).join())
    const own = preview.paper.lines.filter(({ bold, width }) => bold && width === 2)
    expect(own.map(({ text }) => text)).toEqual(['Buka sampai', 'pukul 15.00', 'setiap hari'])
    expect(own.every(({ align, height }) => align === 'right' && height === 2)).toBe(true)
    expect(preview.paper.lines.at(-1)).toMatchObject({ align: 'left', bold: false, width: 1, height: 1 })
  })
})

describe('the logo', () => {
  const images = (papers: Papers, width: 58 | 80) =>
    readEscPos(renderDocument(slip, width, papers)).items.flatMap((item) => (item.kind === 'image' ? [item.image] : []))

  test('stands first on the standard papers too, in whole bands and dot by dot', () => {
    const logo = logoPng(160, 200).toString('base64')
    const [image, ...others] = images({ logo }, 80)
    expect(others).toEqual([])
    expect(image).toMatchObject({ width: 160, height: 200, align: 'center' })
    expect(Buffer.from(image?.bits ?? [])).toEqual(Buffer.from(rasterOf(logo, 576).bits))
    expect(readEscPos(renderDocument(slip, 80, { logo })).items[0]).toMatchObject({ kind: 'image' })
  })

  test('that is wider than the paper is made smaller, and never larger', () => {
    const logo = logoPng(576, 240).toString('base64')
    expect(images({ logo }, 80)).toMatchObject([{ width: 576, height: 240 }])
    expect(images({ logo }, 58)).toMatchObject([{ width: 384, height: 160 }])
    // Thirteen dots are two bytes on paper.
    expect(images({ logo: logoPng(13, 5).toString('base64') }, 58)).toMatchObject([{ width: 16, height: 5 }])
  })

  test('is shown by the preview where it is printed, on paper as wide as it is', () => {
    for (const [width, columns] of [
      [58, 32],
      [80, 48],
    ] as const) {
      expect(previewPaper(slip, width, OWN_PAPERS)).toMatchObject({ ok: true, paper: { columns } })
    }
    const preview = previewPaper(slip, 80, {
      ...OWN_PAPERS,
      slip: [{ kind: 'number' }, { kind: 'logo' }, { kind: 'service' }, { kind: 'qr' }],
    })
    expect(preview).toMatchObject({ ok: true, paper: { images: [{ beforeLine: 1, width: 160, height: 64 }] } })
  })

  test.each(brokenLogos())('that is $what is refused with a sentence, and nothing is printed', ({ logo, rule }) => {
    const preview = previewPaper(slip, 80, { logo })
    expect(problemsOf(preview)).toEqual([`${rule} papers.logo`])
    expect(() => renderDocument(slip, 80, { logo })).toThrow()
  })
})

describe('the preview', () => {
  test('names what may not be left out of a paper, with its place', () => {
    const words = [{ kind: 'text', text: { id: 'Halo' } }]
    expect(problemsOf(previewPaper(slip, 80, { slip: words, receipt: words }))).toEqual([
      ...Array(3).fill('PAPER_PART_MISSING papers.slip'),
      ...Array(6).fill('PAPER_PART_MISSING papers.receipt'),
    ])
    const preview = previewPaper(slip, 80, { receipt: DEFAULT_RECEIPT.filter(({ kind }) => kind !== 'complaint') })
    expect(preview).toMatchObject({
      problems: [{ message: expect.stringContaining('belum memuat "complaint" (saluran pengaduan)') }],
    })
  })

  test.each([
    ['a block that is none', { slip: [{ kind: 'nomor' }] }, 'NOT_ALLOWED papers.slip[0].kind'],
    ['a part of the other paper', { slip: [{ kind: 'proof' }] }, 'NOT_ALLOWED papers.slip[0].kind'],
    ['an empty text', { receipt: [{ kind: 'text', text: { id: ' ' } }] }, 'TOO_SMALL papers.receipt[0].text.id'],
    ['a setting that is none', { slip: [{ kind: 'line', bold: true }] }, 'FIELD_UNKNOWN papers.slip[0].bold'],
    ['an empty paper', { slip: [] }, 'TOO_SMALL papers.slip'],
    ['no template at all', 'logo', 'WRONG_TYPE papers'],
  ])('says where %s is', (_what, papers, expected) => {
    expect(problemsOf(previewPaper(slip, 80, papers))).toContain(expected)
  })

  test('warns of letters that the printer does not have, in the template and in what stands on the paper', () => {
    const papers = {
      slip: [
        { kind: 'number' },
        { kind: 'service' },
        { kind: 'qr' },
        { kind: 'text', text: { id: 'Swasti ᬲ᭄ᬯ – “é”?' } },
      ],
    }
    const preview = previewPaper({ ...slip, mallName: 'Mal 漢', requirements: ['KTP', '字 Ω'] }, 80, papers)
    expect(warningsOf(preview)).toEqual([
      {
        rule: 'LETTER_NOT_PRINTABLE',
        path: 'papers.slip[3].text.id',
        message: 'Pencetak tidak mengenal ᬲ ᬯ; di kertas huruf ini menjadi "?".',
      },
      expect.objectContaining({ path: 'document.mallName', message: expect.stringContaining('漢') }),
      expect.objectContaining({ path: 'document.requirements[1]', message: expect.stringContaining('字 Ω') }),
    ])
    expect(warningsOf(previewPaper(slip, 80, {}))).toEqual([])
  })

  test('answers to anything at all without throwing', () => {
    const blocks = fc.array(
      fc.record({ kind: fc.constantFrom('number', 'service', 'text', 'logo'), text: fc.jsonValue() }),
    )
    const papers = fc.record({ slip: fc.oneof(blocks, fc.jsonValue()), logo: fc.oneof(fc.string(), fc.base64String()) })
    fc.assert(
      fc.property(fc.oneof(papers, fc.anything()), (value) => {
        const preview = previewPaper(slip, 58, value)
        expect(preview.ok || preview.problems.every(({ message }) => message !== '')).toBe(true)
      }),
    )
  })
})

describe('the sample papers of a set-up screen', () => {
  const mall = MallConfig.parse(JSON.parse(readFileSync(SAMPLE_MALL, 'utf8')))
  const text = (preview: ReturnType<typeof previewPaper>) => linesOf(preview).join('\n')

  test("show the mall's own first service", () => {
    const [first] = mall.services
    for (const document of [sampleSlip(mall, 'id', NOW), sampleReceipt(mall, 'id', NOW)]) {
      const preview = previewPaper(document, 80, {})
      expect(preview).toMatchObject({ ok: true, warnings: [] })
      expect(text(preview)).toContain(mall.mall.name)
      expect(text(preview)).toContain(first?.name.id)
      expect(text(preview)).toContain(mall.mall.complaintChannel)
    }
  })

  test('show an invented one while there is no mall, in both languages, with everything that can stand on them', () => {
    expect(previewPaper(sampleSlip(null, 'id', NOW), 58, {})).toMatchObject({ ok: true, paper: { qr: [/^LOKET2;/] } })
    const preview = previewPaper(sampleReceipt(null, 'en', NOW), 58, {})
    expect(text(preview)).toMatch(/Police clearance(.|\n)*Payment only through the bank\nBank ref.: 820261121000001/)
    expect(preview).toMatchObject({ ok: true, paper: { qr: ['https://skm.example.go.id/mpp'] } })
  })
})
