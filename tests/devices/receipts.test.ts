import { readFileSync } from 'node:fs'
import { createIntl } from '@formatjs/intl'
import { describe, expect, test } from 'vitest'
import type { PrintDocument } from '#main/host/device-documents.ts'
import { toAscii, unspellable } from '#main/host/devices/ascii.ts'
import { type PaperLine, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { fold } from '#main/host/devices/printer/paper-width.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { catalogues, type MessageId } from '#main/host/devices/printer/texts.ts'
import { receipt, slip } from '#tests/devices/samples.ts'

const paperOf = (document: PrintDocument, width: 58 | 80 = 80) => readEscPos(renderDocument(document, width))
const textOf = (document: PrintDocument, width?: 58 | 80) => paperOf(document, width).lines.map(({ text }) => text)
/** One line per fact, however wide the gap between label and value is. */
const squeezed = (document: PrintDocument, width?: 58 | 80) =>
  textOf(document, width).map((text) => text.trim().replace(/ {2,}/g, ' '))

describe('a slip', () => {
  test('shows number, agency, service, counters, time, queue, standard, tariff and requirements', () => {
    expect(squeezed(slip)).toEqual([
      'Mal Pelayanan Publik Buleleng',
      'Dinas Kependudukan dan Pencatatan Sipil',
      '-'.repeat(48),
      'NOMOR ANTREAN',
      'A-012',
      'Penggantian KTP-el karena hilang',
      'Loket 3, 4',
      '21 Nov 2026 09.36 WITA',
      '7 orang di depan Anda untuk layanan ini',
      '-'.repeat(48),
      'Waktu standar 15 menit',
      'Tarif resmi Rp0 (gratis)',
      'Persyaratan:',
      '- Surat keterangan hilang dari kepolisian',
      '- Formulir F-1.02',
      'Produk KTP-el',
      'Pengaduan SP4N-LAPOR! lapor.go.id',
      '',
      '',
      'Kode: K7Q2M4',
      'Simpan struk ini sampai layanan selesai',
      '',
    ])
  })

  test('tells an estimate of the wait as a range, says when there is none, and names an appointment instead', () => {
    const told = (over: Partial<typeof slip>) => squeezed({ ...slip, ...over }).slice(9, 10)
    expect(told({ wait: { from: 20, to: 35 } })).toEqual(['Perkiraan tunggu 20-35 menit'])
    expect(told({ wait: { from: 0, to: 10 } })).toEqual(['Perkiraan tunggu kurang dari 10 menit'])
    expect(told({ wait: null })).toEqual(['Perkiraan waktu tunggu tidak tersedia'])
    expect(told({ appointmentAt: slip.issuedAt })).toEqual(['Janji temu 21 Nov 2026 09.36 WITA'])
    expect(told({ language: 'en', wait: { from: 20, to: 35 } })).toEqual(['Estimated wait 20-35 minutes'])
  })

  test('has the number large, centered and alone on its line on both papers', () => {
    const largest = (width: 58 | 80) => paperOf(slip, width).lines.find((line) => line.height > 1)
    expect(largest(80)).toEqual({ text: 'A-012', align: 'center', bold: false, width: 6, height: 6 })
    expect(largest(58)).toMatchObject({ text: 'A-012', width: 6 })
    const long = { ...slip, label: { text: '1ABC-0012', prefix: '1ABC', digits: '0012' } }
    expect(paperOf(long, 58).lines.find((line) => line.height > 1)).toMatchObject({ text: '1ABC-0012', width: 3 })
  })

  test('carries its QR code and is cut', () => {
    expect(paperOf(slip)).toMatchObject({ qr: ['LOKET2;v7f3;1;A-012'], cut: true })
    expect(paperOf({ ...slip, qr: 'nomor é' }).qr).toEqual(['nomor é'])
  })

  test('of a desk that has no key of the mall yet has neither QR code nor a code to type', () => {
    const bare = { ...slip, qr: null, code: null }
    expect(paperOf(bare).qr).toEqual([])
    expect(squeezed(bare).join()).not.toContain('Kode')
  })

  test('is marked for priority, as a copy, and with where to pay', () => {
    const all = squeezed({ ...slip, priority: true, copy: true, tariffRupiah: 1_250_000 })
    expect(all[0]).toBe('*** SALINAN ***')
    expect(all).toContain('PRIORITAS')
    expect(all).toContain('Tarif resmi Rp1.250.000')
    expect(all).toContain('Pembayaran hanya melalui bank')
    expect(squeezed(slip).join()).not.toMatch(/SALINAN|PRIORITAS|Pembayaran/)
  })

  test('that an older program queued is printed without what it did not know', () => {
    const { product, complaintChannel, code, ...older } = slip
    expect([product, complaintChannel, code].every(Boolean)).toBe(true)
    const lines = squeezed(older as typeof slip)
    expect(lines.join()).not.toMatch(/Produk|Pengaduan|Kode|undefined/)
    expect(lines).toContain('A-012')
  })

  test('says nothing about the queue when it is not known, and is friendly when it is empty', () => {
    expect(squeezed({ ...slip, peopleAhead: null }).join()).not.toContain('di depan Anda')
    expect(squeezed({ ...slip, peopleAhead: 0 })).toContain('Tidak ada antrean di depan Anda')
  })
})

describe('a receipt', () => {
  test('of a visitor who was sent on names no product, and a free service no way to pay', () => {
    const lines = squeezed({ ...receipt, outcome: 'forwarded', product: null, tariffRupiah: 0 })
    expect(lines).toContain('Hasil Dialihkan')
    expect(lines.join()).not.toMatch(/Produk|Pembayaran/)
  })

  test('shows everything the visitor may need to prove', () => {
    expect(squeezed(receipt)).toEqual([
      'Mal Pelayanan Publik Buleleng',
      'TANDA TERIMA LAYANAN',
      'A-012',
      'Polres Buleleng',
      'Surat keterangan kehilangan',
      '-'.repeat(48),
      'Loket 12A',
      'Petugas PL07',
      'Diambil 21 Nov 2026 09.36 WITA',
      'Dipanggil 21 Nov 2026 09.48 WITA',
      'Selesai 21 Nov 2026 09.57 WITA',
      '-'.repeat(48),
      'Hasil Selesai dilayani',
      'Produk Surat keterangan',
      'Tarif resmi Rp50.000',
      'Pembayaran hanya melalui bank',
      'Pengaduan SP4N-LAPOR! lapor.go.id',
      '-'.repeat(48),
      'Langkah berikutnya:',
      'Disdukcapil',
      'Penggantian KTP-el',
      'Loket 3, 4',
      '-'.repeat(48),
      'Bukti:',
      'loket-12a 4711 K7Q2M4XR9D',
      '',
    ])
  })

  test('names the payment to the bank, and never money that was taken', () => {
    const lines = squeezed({ ...receipt, paymentReference: '820261121000001' })
    expect(lines).toContain('Pembayaran hanya melalui bank')
    expect(lines[lines.indexOf('Pembayaran hanya melalui bank') + 1]).toBe('Ref. bank: 820261121000001')
    expect(lines.join()).not.toMatch(/tunai|dibayar|lunas/i)
    const longest = { ...receipt, paymentReference: 'N'.repeat(30) }
    expect(squeezed(longest, 58).join()).toContain(`Ref. bank:,${'N'.repeat(30)}`)
  })

  test('lists the services that were delivered and how many, in the place of the product', () => {
    const delivered = [
      { name: 'SKCK', quantity: 2 },
      { name: 'Perpanjangan SIM C', quantity: 1 },
    ]
    const lines = squeezed({ ...receipt, product: null, delivered })
    const at = lines.indexOf('Layanan yang diserahkan:')
    expect(lines.slice(at, at + 3)).toEqual(['Layanan yang diserahkan:', '2 x SKCK', '1 x Perpanjangan SIM C'])
    expect(lines.join()).not.toContain('Produk')
    expect(squeezed({ ...receipt, delivered: [] })).toEqual(squeezed(receipt))
  })

  test('ends with where to say how the service was, in a mall that asks', () => {
    const asking = { ...receipt, surveyUrl: 'https://skm.example.go.id/mpp?loket=12A' }
    expect(paperOf(asking).qr).toEqual(['https://skm.example.go.id/mpp?loket=12A'])
    expect(squeezed(asking).slice(-4)).toEqual(['', '', 'Nilai layanan kami', ''])
    expect(squeezed(receipt).join()).not.toContain('Nilai')
  })

  test('that an older program queued is printed without what it did not know', () => {
    const { paymentReference, surveyUrl, ...older } = receipt
    expect([paymentReference, surveyUrl]).toEqual([null, null])
    expect(squeezed(older as typeof receipt)).toEqual(squeezed(receipt))
  })

  test('speaks English with the same facts', () => {
    const english = squeezed({ ...receipt, language: 'en', copy: true })
    expect(english).toContain('*** COPY / SALINAN ***')
    expect(english).toContain('Called 21 Nov 2026 09:48 WITA')
    expect(english).toContain('Official fee Rp50,000')
    expect(english).toContain('Payment only through the bank')
    expect(english).toContain('loket-12a 4711 K7Q2M4XR9D')
    expect(squeezed({ ...slip, language: 'en', peopleAhead: 1 })).toContain('1 person ahead of you for this service')
  })

  test('shows the time of the mall with the name of its zone, also past midnight', () => {
    const lines = (timeZone: string) => squeezed({ ...receipt, timeZone, issuedAt: Date.UTC(2026, 10, 21, 16, 30) })
    expect(lines('Asia/Jakarta')).toContain('Diambil 21 Nov 2026 23.30 WIB')
    expect(lines('Asia/Makassar')).toContain('Diambil 22 Nov 2026 00.30 WITA')
    expect(lines('Asia/Jayapura')).toContain('Diambil 22 Nov 2026 01.30 WIT')
  })

  test('has a word for every outcome and no next step where there is none', () => {
    expect(squeezed({ ...receipt, outcome: 'rejected' })).toContain('Hasil Ditolak')
    expect(squeezed({ ...receipt, outcome: 'incomplete' })).toContain('Hasil Berkas belum lengkap')
    expect(squeezed({ ...receipt, next: null }).join()).not.toContain('Langkah')
  })
})

describe('every document', () => {
  const wide = (line: PaperLine) => line.text.length * line.width
  const awkward = {
    mallName: 'Mal Pelayanan Publik Kabupaten Kotawaringin Timur Provinsi Kalimantan Tengah',
    agencyName: 'X'.repeat(100),
    serviceName: '',
  }
  test.each([58, 80] as const)('stays inside %i mm paper', (width) => {
    const columns = width === 58 ? 32 : 48
    for (const document of [
      slip,
      receipt,
      { ...slip, ...awkward },
      { ...receipt, ...awkward, product: 'Y'.repeat(90) },
    ]) {
      for (const language of ['id', 'en'] as const) {
        const widest = Math.max(...paperOf({ ...document, language }, width).lines.map(wide))
        expect(widest).toBeGreaterThan(columns / 2)
        expect(widest).toBeLessThanOrEqual(columns)
      }
    }
  })

  test('ends with no style left over for the next one', () => {
    const twice = Buffer.concat([renderDocument(slip, 80), renderDocument(slip, 80)])
    const { lines } = readEscPos(twice)
    expect(lines.slice(lines.length / 2)).toEqual(lines.slice(0, lines.length / 2))
  })

  test('starts clean after a job that was cut off in the middle', () => {
    const boldLargeRight = Buffer.from('1b45011d21551b6102', 'hex')
    const afterIt = Buffer.concat([boldLargeRight, renderDocument(slip, 80)])
    expect(readEscPos(afterIt).lines).toEqual(paperOf(slip).lines)
  })

  test('is plain ASCII on paper, whatever stands in it', () => {
    const odd = { mallName: 'Mal – “ᮃ” é€', serviceName: 'naïve\u0000\u001b@', complaintChannel: 'Ünïcode 漢' }
    for (const document of [
      { ...slip, ...odd },
      { ...receipt, ...odd },
    ]) {
      expect(textOf(document).filter((text) => !/^[\x20-\x7e]*$/.test(text))).toEqual([])
    }
  })

  test('prints names from elsewhere in plain letters', () => {
    expect(squeezed({ ...slip, mallName: 'Mal “Dé” 漢', label: { ...slip.label, text: 'Ä-012' } })).toEqual(
      expect.arrayContaining(['Mal "De" ?', 'A-012']),
    )
  })

  test('puts a value below its label when there is no room for a gap between them', () => {
    const [fits, full] = [48 - 'Produk'.length - 1, 48 - 'Produk'.length].map((length) => 'y'.repeat(length))
    expect(textOf({ ...receipt, product: fits ?? '' })).toContain(`Produk ${fits}`)
    expect(textOf({ ...receipt, product: full ?? '' }).join('\n')).toContain(`Produk:\n  ${full}\n`)
  })

  test('is built within five milliseconds', () => {
    const times = Array.from({ length: 40 }, (_, run) => {
      const started = performance.now()
      renderDocument(run % 2 === 0 ? slip : receipt, 80)
      return performance.now() - started
    })
    const median = times.slice(10).sort((a, b) => a - b)[15]
    expect(median).toBeLessThan(5)
  })

  test('is refused when it cannot be printed', () => {
    expect(() => renderDocument({ ...slip, timeZone: 'Asia/Nowhere' }, 80)).toThrow(/time zone/i)
    expect(() => renderDocument({ ...slip, qr: 'x'.repeat(501) }, 58)).toThrow(/QR/)
  })
})

describe('text', () => {
  test('loses accents and typographic signs, and shows ? for other scripts', () => {
    expect(toAscii('Ngurah “Dé” – naïve Straße… 5×4 €2\tx')).toBe(`Ngurah "De" - naive Strasse... 5x4 EUR2 x`)
    expect(toAscii('ᮃ 漢字')).toBe('? ??')
    expect(toAscii('a\u00a0b\u001bc')).toBe('a b?c')
  })

  test('keeps fractions, degrees and tolerances readable, and drops what nobody sees', () => {
    expect(toAscii('½ jam, 3⁄4, 1¼')).toBe('1/2 jam, 3/4, 1 1/4')
    expect(toAscii('25° C, 25°C, 10 ± 2')).toBe('25 deg C, 25 degC, 10 +/- 2')
    expect(toAscii('sa\u200btu\u00ad \ufeffdua\u200e')).toBe('satu dua')
    expect(unspellable('sa\u200btu ½ 25°C ± ☕')).toEqual(['☕'])
  })

  test('is folded at spaces, keeps empty lines, and breaks only words that are too long', () => {
    expect(fold('satu dua tiga', 8)).toEqual(['satu dua', 'tiga'])
    expect(fold('', 8)).toEqual([''])
    expect(fold('a 1234567890', 4)).toEqual(['a', '1234', '5678', '90'])
  })
})

describe('a list of requirements', () => {
  const list: PrintDocument = {
    kind: 'requirements',
    ...{ language: 'id', timeZone: slip.timeZone, mallName: slip.mallName, agencyName: slip.agencyName },
    ...{ serviceName: slip.serviceName, prefix: 'A', counterNames: ['3', '4'], requirements: slip.requirements },
    ...{ standardMinutes: 15, tariffRupiah: 50_000, complaintChannel: slip.complaintChannel },
    ...{ printedAt: slip.issuedAt, copy: false },
  }

  test.each([58, 80] as const)('has a box for each, and says that it is no number, on %i mm', (width) => {
    const lines = squeezed(list, width).join(' ')
    expect(lines).toContain('DAFTAR PERSYARATAN')
    for (const requirement of slip.requirements) expect(lines).toContain(`- [ ] ${requirement}`)
    expect(lines).toContain('Pembayaran hanya melalui bank')
    expect(lines).toContain('Ini bukan nomor antrean.')
    expect(paperOf(list, width)).toMatchObject({ qr: [], cut: true })
  })
})

describe('the message catalogues', () => {
  const ids = Object.keys(catalogues.id).sort()
  const values = {
    names: '3',
    date: 'd',
    time: 't',
    zone: 'z',
    minutes: 2,
    outcome: 'rejected',
    people: 2,
    amount: 5,
    code: 'K7Q2M4',
    reference: 'NTPN',
    from: 20,
    to: 35,
  }

  test('have the same messages in both languages, and all of them are used', () => {
    expect(Object.keys(catalogues.en).sort()).toEqual(ids)
    const code = ['slip', 'receipt', 'requirements', 'blocks', 'texts'].map((name) =>
      readFileSync(new URL(`../../main/host/devices/printer/${name}.ts`, import.meta.url), 'utf8'),
    )
    expect(ids.filter((id) => !code.join().includes(`'${id}'`))).toEqual([])
  })

  test.each(['id', 'en'] as const)(
    'in %s can all be formatted, and name the same values as the other language',
    (language) => {
      const onError = (error: Error) => {
        throw error
      }
      const intl = createIntl({ locale: language, messages: catalogues[language], onError })
      for (const id of ids as MessageId[]) {
        expect(intl.formatMessage({ id }, values)).not.toBe('')
        expect(valueNames(catalogues[language][id])).toEqual(valueNames(catalogues.id[id]))
      }
    },
  )

  function valueNames(message: string): string[] {
    return [...new Set([...message.matchAll(/\{([a-z]+)[,}]/g)].map((match) => match[1] ?? ''))].sort()
  }
})
