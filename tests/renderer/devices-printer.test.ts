import { describe, expect, test } from 'vitest'
import type { PrinterView } from '#contract/methods/devices.ts'
import { askedOf, PRINTERS, PROFILE, paper } from '#tests/renderer/fake-devices.ts'
import { openDevices, saveButton, section } from '#tests/renderer/open-devices.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

async function openPrinter(options: Parameters<typeof openDevices>[1] = {}) {
  const opened = await openDevices(show, options)
  await section(opened.page, 'Pencetak')
  return opened
}

describe('the printer', () => {
  test('is chosen from those that the system knows', async () => {
    const { host, page } = await openPrinter()
    await page.getByText('Windows, EPSON TM-T82 Receipt5, USB001').waitFor()
    await page.getByText('bawaan').waitFor()
    await page.getByRole('radio', { name: /Kantor Lantai 2/ }).check()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    await page.getByRole('radio', { name: 'Tanpa pencetak' }).check()
    await saveButton(page).click()
    await expect.poll(() => askedOf(host, 'devices.save').length).toBe(2)
    expect(askedOf(host, 'devices.save').map(({ profile }) => profile)).toEqual([
      { ...PROFILE, printer: { width: 80, transport: { kind: 'spooler', queue: 'Kantor Lantai 2' } } },
      { ...PROFILE, printer: null },
    ])
  })

  test('of Linux is known by its device file', async () => {
    const { host, page, plugged } = await openPrinter()
    plugged.printers = [
      ...PRINTERS,
      { ...PRINTERS[0], name: '/dev/usb/lp0', kind: 'file', driver: null, port: null, isDefault: false } as PrinterView,
    ]
    await page.getByRole('radio', { name: /lp0/ }).check()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({
      printer: { transport: { kind: 'file', path: '/dev/usb/lp0' } },
    })
  })

  test('in the network needs an address; what was typed is there when one comes back to it', async () => {
    const { host, page } = await openPrinter()
    await page.getByRole('radio', { name: /Lewat jaringan/ }).check()
    await saveButton(page).click()
    await page.getByText('Isi alamat IP atau nama pencetak.').last().waitFor()
    expect(askedOf(host, 'devices.save')).toEqual([])
    await page.getByLabel('Alamat IP').fill('192.168.1.50')
    await page.getByLabel('Nomor port').fill('9101')
    await page.getByText('Tanya keadaan pencetak').click()
    await page.getByRole('radio', { name: 'Tanpa pencetak' }).check()
    await page.getByRole('radio', { name: /Lewat jaringan/ }).check()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    const transport = { kind: 'tcp', host: '192.168.1.50', port: 9101, status: 'none' }
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({ printer: { width: 80, transport } })
  })

  test('on a serial port has its settings and its flow control', async () => {
    const { host, page } = await openPrinter()
    await page.getByRole('radio', { name: 'Lewat port serial' }).check()
    await page.getByRole('radio', { name: /COM1/ }).check()
    await page.getByText('9600, 8N1 (setelan pabrik)').click()
    await page.getByLabel('Kecepatan (baud)').selectOption('19200')
    await page.getByLabel('Kendali aliran').selectOption({ label: 'RTS/CTS' })
    await page.getByText('58 mm').click()
    await page.getByText('Inggris').click()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({
      printer: {
        width: 58,
        transport: { kind: 'serial', path: 'COM1', flow: 'rts-cts', settings: { baudRate: 19_200 } },
      },
      language: 'en',
    })
  })

  test('that this PC does not list is kept and marked', async () => {
    const { page } = await openPrinter({
      profile: { ...PROFILE, printer: { width: 58, transport: { kind: 'cups', queue: 'STRUK' } } },
    })
    await page.getByText('Tidak terlihat').waitFor()
    expect(await page.getByRole('radio', { name: /STRUK/ }).isChecked()).toBe(true)
  })
})

describe('a test print', () => {
  test('goes to the printer of the draft and says how sure it is', async () => {
    const { host, page } = await openPrinter()
    await page.getByText('Tanda terima', { exact: true }).click()
    await page.getByRole('button', { name: 'Cetak uji' }).click()
    await page.getByText('Diterima pencetak. Lihat kertasnya: apakah keluar?').waitFor()
    expect(askedOf(host, 'devices.tryPrinter')).toEqual([{ printer: PROFILE.printer, paper: 'receipt', papers: null }])
  })

  test('that failed says what to look at', async () => {
    const { host, page } = await openPrinter()
    const failed = { kind: 'not_sent', code: 'PRINTER_UNREACHABLE', detail: '1801', paperLow: true }
    host.answer('devices.tryPrinter', () => ({
      ok: true,
      data: { ...failed, hints: ['HINT_POWER', 'HINT_PRINTER_NAME'] },
    }))
    await page.getByRole('button', { name: 'Cetak uji' }).click()
    await page.getByText('Pencetak tidak terhubung.').waitFor()
    await page.getByText('Kode: PRINTER_UNREACHABLE, 1801').waitFor()
    await page.getByText('Pastikan alatnya menyala').waitFor()
    await page.getByText('Kertas pencetak hampir habis.').waitFor()
  })

  test('of a draft of the templates prints that draft, or says what is wrong with it', async () => {
    const { host, page } = await openPrinter()
    await page.getByText('Coba templat lain').click()
    await page.getByLabel('Templat (JSON)').fill('{ "slip": [{ "kind": "number" }] }')
    await page.getByRole('button', { name: 'Cetak uji' }).click()
    await page.getByText('Diterima pencetak').waitFor()
    expect(askedOf(host, 'devices.tryPrinter').at(-1)?.papers).toEqual({ slip: [{ kind: 'number' }] })
    host.answer('devices.tryPrinter', () => ({
      ok: false,
      code: 'TEMPLATE_WRONG',
      detail: { at: 'papers.slip', rule: 'belum memuat "service"' },
    }))
    await page.getByRole('button', { name: 'Cetak uji' }).click()
    await page.getByText('Kode: TEMPLATE_WRONG').waitFor()
    await page.getByText('papers.slip: belum memuat "service"').waitFor()
    expect(await page.getByText('Diterima pencetak').count()).toBe(0)
    await page.getByRole('button', { name: 'Kembali ke templat yang berlaku' }).click()
    await page.getByRole('button', { name: 'Cetak uji' }).click()
    await expect.poll(() => askedOf(host, 'devices.tryPrinter').at(-1)?.papers).toBeNull()
  })

  test('needs a printer', async () => {
    const { page } = await openPrinter({ profile: { ...PROFILE, printer: null } })
    await page.getByText('Pilih pencetak untuk mencetak uji.').waitFor()
    expect(await page.getByRole('button', { name: 'Cetak uji' }).getAttribute('aria-disabled')).toBe('true')
  })
})

describe('the paper', () => {
  test('is shown as it will come out, slip and receipt, wide and narrow', async () => {
    const { host, page } = await openPrinter()
    await page.getByRole('article', { name: 'Struk antrean' }).getByText('NOMOR ANTREAN').waitFor()
    await page.getByText('Tanda terima', { exact: true }).click()
    await page.getByRole('article', { name: 'Tanda terima' }).getByText('TANDA TERIMA').waitFor()
    await page.getByText('58 mm').click()
    await expect
      .poll(() => askedOf(host, 'devices.previewPaper').at(-1))
      .toEqual({ width: 58, paper: 'receipt', papers: null })
  })

  test('of another template shows what is wrong, and then the picture and what becomes of it', async () => {
    const { host, page } = await openPrinter()
    host.answer('devices.previewPaper', ({ papers }) => {
      const { slip } = (papers ?? { slip: 'in force' }) as { slip?: string }
      if (slip === undefined) {
        return { ok: true, data: { picture: null, problems: [{ at: 'slip', rule: 'tidak ada' }], warnings: [] } }
      }
      const warnings = slip === '☕' ? [{ at: 'slip[0]', rule: 'huruf ☕ menjadi ?' }] : []
      return { ok: true, data: { picture: paper(slip), problems: [], warnings } }
    })
    await page.getByText('Coba templat lain').click()
    await page.getByText('dalam konfigurasi mal di server').waitFor()
    const draft = page.getByLabel('Templat (JSON)')
    await draft.fill('{ "slip": ')
    await page.getByText('Bukan JSON yang benar').waitFor()
    await draft.fill('[]')
    await page.getByText('Templat adalah satu objek JSON').waitFor()
    await draft.fill('{}')
    await page.getByText('slip: tidak ada').waitFor()
    // A whole configuration of a mall will do, too.
    await page.locator('input[type=file]').setInputFiles({
      name: 'mal.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{ "mall": {}, "papers": { "slip": "☕" } }'),
    })
    await page.getByText('slip[0]: huruf ☕ menjadi ?').waitFor()
    await page.getByRole('article').getByText('☕').waitFor()
    await page.getByRole('button', { name: 'Kembali ke templat yang berlaku' }).click()
    await page.getByRole('article').getByText('in force').waitFor()
    expect(askedOf(host, 'devices.save')).toEqual([])
  })

  test('of a file that is too large is not read', async () => {
    const { page } = await openPrinter()
    await page.getByText('Coba templat lain').click()
    const buffer = Buffer.alloc(500_000, ' ')
    await page.locator('input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer })
    await page.getByText('Berkas itu tidak terbaca atau terlalu besar.').waitFor()
  })
})
