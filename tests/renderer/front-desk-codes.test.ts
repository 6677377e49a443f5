/** What is scanned or typed at the front desk: booking codes, and slips, which are none. */
import { expect, test } from 'vitest'
import { choose, ISSUED, LONG_LIST } from '#tests/renderer/front-desk-page.ts'
import { frontDeskSnapshot } from '#tests/renderer/sample-screens.ts'
import { scanSlip } from '#tests/renderer/scan-slip.ts'
import { scan } from '#tests/renderer/scanner.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

test('a booking code, typed or scanned, becomes the form of its service, and goes with the number', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', ISSUED)
  // 09.30 in the mall's zone, whatever the PC's is.
  const at = Date.parse('2026-11-21T01:30:00Z')
  host.answer('appointment.find', () => ({ ok: true, data: { code: 'MPP-0042', serviceId: 'skck', at } }))
  await page.keyboard.press('F7')
  await page.keyboard.type('mpp-0042')
  await page.keyboard.press('Enter')
  await page.getByText('Janji temu pukul 09.30').waitFor()
  await page.keyboard.press('F4')
  await page.keyboard.press('F2')
  await page.getByText('P-042').waitFor()
  expect(host.received.map(({ method, input }) => [method, input.code ?? input.appointmentCode])).toEqual([
    ['appointment.find', 'mpp-0042'],
    ['visit.issue', 'MPP-0042'],
  ])
})

test('a booking that is not good now says why, and the next scan takes its place', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  const day = Date.parse('2026-11-23T04:00:00Z')
  const refusals = [
    { code: 'APPOINTMENT_EARLY', detail: { time: '08.30', day }, says: /kembali mulai pukul 08\.30/ },
    { code: 'APPOINTMENT_LATE', detail: { time: '08.30', day }, says: /Janji temu pukul 08\.30 sudah lewat/ },
    { code: 'APPOINTMENT_OTHER_DAY', detail: { time: '08.30', day }, says: /Senin, 23 November pukul 08\.30/ },
    { code: 'APPOINTMENT_USED', detail: {}, says: /sudah dipakai/ },
    { code: 'APPOINTMENT_UNKNOWN', detail: {}, says: /tidak dikenal/ },
  ]
  await page.keyboard.press('F7')
  for (const { code, detail, says } of refusals) {
    host.answer('appointment.find', () => ({ ok: false, code, detail }))
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await page.getByText(says).waitFor()
  }
  expect(host.received.map(({ input }) => input.code)).toEqual(refusals.map(({ code }) => code))
})

test('a slip that is scanned presses nothing: not its letters, and not the Enter at its end', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', ISSUED)
  await choose(page, LONG_LIST?.name.id ?? '')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Semua lengkap'))
  await page.keyboard.type('LOKET2;0b5c1d0e-0f3a-8f5e-8c53-6a1b6f4f0a01;1;P-013')
  await page.keyboard.press('Enter')
  await page.getByText('Itu struk antrean, bukan kode janji temu.').waitFor()
  await page.getByText('Persyaratan: 0 dari 4').waitFor()
  await scan(page, 'https://mpp.example.go.id/janji?kode=0042')
  await page.getByText('Itu bukan kode janji temu.').waitFor()
  await page.getByText('Persyaratan: 0 dari 4').waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('dialog').waitFor()
  await scanSlip(page)
  await page.getByRole('dialog').getByText('Pindaian itu belum diterima.').waitFor()
  expect(host.received.filter(({ method }) => method === 'visit.issue')).toEqual([])
})

test('the end of a slip that hesitated is no booking code', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  await page.keyboard.type('LOKET2;0b5c1d0e-0f3a-8f5e-8c53-6a1b6f4f0a01;1;P-013')
  await page.waitForTimeout(200)
  await scan(page, 'A1B2C3')
  await page.getByText('Itu struk antrean, bukan kode janji temu.').waitFor()
  expect(host.received).toEqual([])
})

const found = (code: string) => () => ({ ok: true as const, data: { code, serviceId: 'skck', at: Date.now() } })

test('a booking code that is scanned while the focus is in the search opens its form and leaves nothing in the search', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('appointment.find', found('LOK-0042'))
  const search = page.getByLabel('Cari layanan')
  await search.fill('sur')
  // Begins like a slip, so that its first letters are held back for a moment.
  await scan(page, 'LOK-0042')
  await page.getByText(/Janji temu pukul/).waitFor()
  expect(await search.inputValue()).toBe('sur')
  expect(host.received.map(({ input }) => input.code)).toEqual(['LOK-0042'])
})

test('a booking code that is scanned over an open form changes nothing in it and waits for a key', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', ISSUED)
  host.answer('appointment.find', found('MPP-0042'))
  const [first = ''] = LONG_LIST?.requirements ?? []
  await choose(page, LONG_LIST?.name.id ?? '')
  await page.getByText('Lansia').click()
  await page.getByLabel(first).check()
  await page.getByRole('button', { name: 'Beri nomor walau belum lengkap' }).focus()
  await scan(page, 'MPP-0042')
  await page.getByText('Kode janji temu MPP-0042 dipindai.').waitFor()
  await page.getByText('Persyaratan: 1 dari 4').waitFor()
  expect(await page.getByLabel('Lansia').isChecked()).toBe(true)
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(host.received).toEqual([])
  await page.keyboard.press('F7')
  await page.getByText(/Janji temu pukul/).waitFor()
  await page.getByText('Persyaratan: 0 dari 4').waitFor()
  expect(await page.getByText(/dipindai/).count()).toBe(0)
  // Once more the same one is no news; another one waits in its field for the next visitor.
  await scan(page, 'mpp-0042')
  await scan(page, 'MPP-0043')
  await page.getByText('Kode janji temu MPP-0043 dipindai.').waitFor()
  await scan(page, 'MPP-0044')
  await page.getByText('Kode janji temu MPP-0044 dipindai.').waitFor()
  await scanSlip(page)
  await page.getByText('Itu struk antrean, bukan kode janji temu.').waitFor()
  await page.getByText('Kode janji temu MPP-0043 dipindai.').waitFor()
  await page.keyboard.press('F4')
  await page.keyboard.press('F2')
  await page.getByText('P-042').first().waitFor()
  await page.getByRole('button', { name: 'Pengunjung berikutnya' }).click()
  expect(await page.getByLabel('Kode janji temu').inputValue()).toBe('MPP-0043')
  await page.getByText('Kode janji temu MPP-0044 dipindai.').waitFor()
  expect(await page.getByText(/dipindai/).count()).toBe(1)
  expect(host.received.map(({ method, input }) => [method, input.code ?? input.appointmentCode])).toEqual([
    ['appointment.find', 'MPP-0042'],
    ['visit.issue', 'MPP-0042'],
  ])
})
