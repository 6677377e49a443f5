import { expect, test } from 'vitest'
import { busyPanel, catalogue, frontDeskSnapshot, laptopShell } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

test('a number is issued by keyboard alone: search, Enter, Enter, and the next visitor', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', () => ({ ok: true, data: { visitId: 'v', label: 'P-042' } }))
  await page.getByLabel('Cari layanan').fill('surat hilang')
  await page.getByText('Surat keterangan kehilangan').first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Beri Nomor'))
  await page.keyboard.press('Enter')
  await page.getByText('P-042').waitFor()
  await page.getByText('Struk dikirim ke pencetak.').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('41 nomor diberikan hari ini').waitFor()
  expect(await page.getByLabel('Cari layanan').inputValue()).toBe('')
  expect(host.received.map(({ input }) => input)).toEqual([
    { serviceId: 'surat-kehilangan', priority: null, journeyId: null, commandId: expect.any(String) },
  ])
})

test('priority group and journey go with the number', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', () => ({ ok: true, data: { visitId: 'v', label: 'P-042' } }))
  await page.getByLabel('Cari layanan').fill('kehilangan')
  await page.getByRole('option').first().click()
  await page.getByText('KTP hilang: lapor polisi lalu cetak ulang (2 langkah)').click()
  await page.getByText('Ibu hamil/menyusui').click()
  await page.keyboard.press('F2')
  await page.getByText('P-042').waitFor()
  expect(host.received[0]?.input).toMatchObject({ priority: 'pregnant', journeyId: 'ktp-hilang' })
})

test('a number that was asked for without an answer is asked for again under its own id, so that nobody gets two', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  let tries = 0
  host.answer('visit.issue', () => {
    tries += 1
    return tries === 1 ? { ok: false, code: 'HOST_TIMEOUT' } : { ok: true, data: { visitId: 'v', label: 'P-042' } }
  })
  await page.getByLabel('Cari layanan').fill('kehilangan')
  await page.getByRole('option').first().click()
  await page.keyboard.press('F2')
  await page.getByText('Jawaban mesin loket terlalu lama.').waitFor()
  await page.keyboard.press('F2')
  await page.getByText('P-042').waitFor()
  const ids = host.received.map(({ input }) => input.commandId)
  expect(ids).toEqual([ids[0], ids[0]])
})

test('browsing by agency shows its services with requirements, tariff and standard time', async () => {
  const { page } = await show({ desk: frontDeskSnapshot() })
  const paid = catalogue.services.find(({ tariffRupiah }) => tariffRupiah >= 100_000)
  if (!paid) throw new Error('the sample mall has no service with a tariff')
  await page.getByRole('button', { name: paid.agencyName, exact: true }).click()
  const services = catalogue.services.filter(({ agencyId }) => agencyId === paid.agencyId)
  expect(await page.getByRole('option').count()).toBe(services.length)
  await page.getByRole('option', { name: paid.name.id }).click()
  await page.getByText(`${paid.standardMinutes} menit`).waitFor()
  await page.getByText(new RegExp(`Rp\\s${paid.tariffRupiah.toLocaleString('id-ID')}`)).waitFor()
  for (const requirement of paid.requirements) await page.getByText(requirement).waitFor()
})

test('a slip that did not come out is said beside its number', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', () => ({ ok: true, data: { visitId: 'v', label: 'P-042' } }))
  await page.getByLabel('Cari layanan').fill('kehilangan')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F2')
  await page.getByText('P-042').waitFor()
  const job = { jobId: 'j', label: 'P-042', document: 'slip' as const, state: 'queued' as const, code: null }
  host.show('desk', { printAttention: [job] })
  await page.getByText('Struk menunggu pencetak.').waitFor()
})

test('an officer without the front desk’s role is told so and finds no button that would be refused', async () => {
  const officer = { id: 'o', name: 'Sari', roles: ['officer' as const] }
  const { page } = await show({ desk: frontDeskSnapshot({ officer }) })
  await page.getByText('Akun ini tidak untuk memberi nomor antrean.').waitFor()
  expect(await page.getByRole('button', { name: /Beri Nomor/ }).count()).toBe(0)
})

test('a wide paper of short lines is drawn as wide as it is, and its logo beside the words in its size', async () => {
  const [print] = busyPanel.prints
  if (!print) throw new Error('the sample panel has no print')
  const lines = print.lines.filter(({ text }) => text.length < 20)
  const { page } = await show({
    desk: frontDeskSnapshot(),
    shell: laptopShell,
    panel: { displays: [], prints: [{ ...print, lines }] },
  })
  const number = page.getByRole('article').getByText('A-013', { exact: true })
  const logo = page.getByRole('img', { name: 'Gambar di kertas' })
  const [paper, image] = await Promise.all([
    number.evaluate((line) => line.parentElement?.clientWidth),
    logo.boundingBox(),
  ])
  // 64 of the paper's 576 dots.
  expect((image?.width ?? 0) / (paper ?? 1)).toBeCloseTo(64 / 576, 2)
})

test('the laptop’s device panel shows the display and the paper, and opens other counters', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot(), shell: laptopShell, panel: busyPanel })
  host.answer('shell.openScreen', () => ({ ok: true, data: { path: '/?screen=other' } }))
  await page.getByRole('img', { name: busyPanel.displays[0]?.shown ?? '' }).waitFor()
  await page.getByText('TANDA TERIMA').waitFor()
  const dots = await page.getByRole('img', { name: 'Gambar di kertas' }).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement
    const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    return { width, height, black: Array.from(data).filter((value, at) => at % 4 === 3 && value === 255).length }
  })
  expect(dots).toEqual({ width: 64, height: 4, black: 256 })
  await page.getByRole('button', { name: 'Buka loket lain' }).click()
  const tab = page.context().waitForEvent('page')
  await page.getByRole('menuitem').first().click()
  expect((await tab).url()).toContain('/?screen=other')
  await page.getByRole('button', { name: 'Panel alat' }).click()
  await page.getByText('TANDA TERIMA').waitFor({ state: 'detached' })
})
