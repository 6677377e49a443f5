/** The front desk: a number for whoever is there, its slip, and what is said when it cannot be given. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { FrontDeskView } from '#contract/snapshot.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import { choose, ISSUED, LONG_LIST } from '#tests/renderer/front-desk-page.ts'
import {
  busyPanel,
  catalogue,
  frontDeskSnapshot,
  laptopShell,
  lastNumber,
  VISIT_ID,
  withFrontService,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

type Slip = NonNullable<NonNullable<FrontDeskView['last']>['slip']>

/** Twice in a hurry, which is once, and then again when it was seen what came of it. */
async function pressEnterTwice(page: Page, last: string): Promise<void> {
  for (const key of ['Enter', 'Enter']) await page.keyboard.press(key)
  await page.waitForFunction((words) => document.activeElement?.textContent?.includes(words), last)
  await page.waitForTimeout(550)
  await page.waitForFunction((words) => document.activeElement?.textContent?.includes(words), last)
}

test('a number is issued by keyboard alone: search, Enter, all is there, Enter, and the next visitor', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', () => {
    host.show('desk', lastNumber({ slip: { jobId: 'j', state: 'handed_over', code: null } }))
    return ISSUED()
  })
  await page.getByLabel('Cari layanan').fill('surat hilang')
  await page.getByText('Surat keterangan kehilangan').first().waitFor()
  await pressEnterTwice(page, 'Semua lengkap')
  await pressEnterTwice(page, 'Beri Nomor')
  expect(host.received).toEqual([])
  await pressEnterTwice(page, 'Pengunjung berikutnya')
  await page.getByText('P-042').first().waitFor()
  await page.getByText('Struk dikirim ke pencetak.').waitFor()
  for (const key of ['Enter', 'Enter']) await page.keyboard.press(key)
  await page.getByText('41 nomor diberikan hari ini').waitFor()
  await page.waitForTimeout(100)
  expect(await page.getByText('41 nomor diberikan hari ini').count(), 'nothing is chosen for the next visitor').toBe(1)
  expect(await page.getByLabel('Cari layanan').inputValue()).toBe('')
  expect(host.received.map(({ input }) => input)).toEqual([
    {
      ...{ serviceId: 'surat-kehilangan', priority: null, journeyId: null, requirementsMet: true },
      commandId: expect.any(String),
    },
  ])
})

test('priority group and journey go with the number', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', ISSUED)
  await choose(page, 'kehilangan')
  await page.getByText('KTP hilang: lapor polisi lalu cetak ulang (2 langkah)').click()
  await page.getByText('Ibu hamil/menyusui').click()
  await page.getByText('Perkiraan 5-15 menit').waitFor()
  await page.keyboard.press('F4')
  await page.keyboard.press('F2')
  await page.getByText('P-042').waitFor()
  expect(host.received[0]?.input).toMatchObject({ priority: 'pregnant', journeyId: 'ktp-hilang' })
})

test('with something missing the button says so, asks once more, and the number tells it', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', ISSUED)
  const [first = '', second = ''] = LONG_LIST?.requirements ?? []
  await choose(page, 'SKCK')
  await page.getByLabel(first).check()
  await page.getByText('Persyaratan: 1 dari 4').waitFor()
  await page.keyboard.press('F2')
  const dialog = page.getByRole('dialog', { name: 'Persyaratan belum lengkap' })
  expect(await dialog.getByRole('listitem').allTextContents()).toEqual(LONG_LIST?.requirements.slice(1))
  // Neither a second press of the key nor leaving the dialog gives a number.
  await page.keyboard.press('F2')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(host.received).toEqual([])
  await page.getByLabel(second).check()
  await page.getByRole('button', { name: 'Beri nomor walau belum lengkap' }).click()
  await dialog.getByRole('button', { name: 'Beri nomor walau belum lengkap' }).click()
  await page.getByText('P-042').waitFor()
  expect(host.received[0]?.input).toMatchObject({ serviceId: 'skck', requirementsMet: false })
})

test('who has to fetch something gets the list on paper and no number', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('print.requirements', () => DONE)
  await choose(page, 'SKCK')
  await page.keyboard.press('F2')
  await page.getByRole('dialog').getByRole('button', { name: 'Cetak persyaratan' }).click()
  await page.getByText('Daftar dikirim ke pencetak.').waitFor()
  expect(host.received.map(({ method, input }) => ({ method, input }))).toEqual([
    { method: 'print.requirements', input: { serviceId: 'skck' } },
  ])
  host.answer('print.requirements', () => ({ ok: false, code: 'NO_PRINTER' }))
  await page.keyboard.press('F6')
  await page.getByText('Meja ini tidak punya pencetak.').waitFor()
})

test('a service that asks for nothing is given at once, and says nothing of requirements', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  host.answer('visit.issue', ISSUED)
  await choose(page, 'meterai')
  await page.getByText('Tanpa persyaratan.').waitFor()
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Beri Nomor'))
  await page.keyboard.press('Enter')
  await page.getByText('P-042').waitFor()
  expect(host.received[0]?.input).not.toHaveProperty('requirementsMet')
})

test('the wait is an estimate, the quota is counted down, and cut off the desk says what is limited', async () => {
  const change = { waiting: 7, quotaLeft: 3 }
  const { host, page } = await show({ desk: frontDeskSnapshot(withFrontService('skck', change)) })
  await choose(page, 'SKCK')
  await page.getByText('Perkiraan 20-35 menit').waitFor()
  await page.getByText('7 menunggu').waitFor()
  await page.getByText('Sisa kuota 3').waitFor()
  const connection = { state: 'offline' as const, since: Date.now(), unsent: 2, reason: 'UNREACHABLE' as const }
  host.show('desk', { connection, ...withFrontService('skck', { wait: null, quotaLeft: null, numbersLeft: 2 }) })
  await page.getByText('Perkiraan tidak tersedia').waitFor()
  await page.getByText(/2 nomor biasa tersisa, lalu seri meja ini/).waitFor()
  host.show('desk', withFrontService('skck', { wait: null, quotaLeft: null, numbersLeft: 0 }))
  await page.getByText(/nomor memakai seri meja ini/).waitFor()
})

test('a quota that is used up is refused with what to offer instead', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  const tomorrow = Date.parse('2026-11-22T05:00:00Z')
  host.answer('visit.issue', () => ({ ok: false, code: 'QUOTA_REACHED', detail: { tomorrow } }))
  await choose(page, 'meterai')
  await page.keyboard.press('F2')
  await page.getByText('Kuota layanan ini untuk hari ini sudah habis.').waitFor()
  await page.getByText(/minta pengunjung datang Minggu, 22 November/).waitFor()
})

test('a number that was asked for without an answer is asked for again under its own id, so that nobody gets two', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot() })
  let tries = 0
  host.answer('visit.issue', () => {
    tries += 1
    return tries === 1 ? { ok: false, code: 'HOST_TIMEOUT' } : ISSUED()
  })
  await choose(page, 'kehilangan')
  await page.keyboard.press('F4')
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

/** The desk after P-042 was given, with its slip in some state. */
async function issued(change: Parameters<typeof lastNumber>[0] = {}) {
  const shown = await show({ desk: frontDeskSnapshot() })
  shown.host.answer('visit.issue', () => {
    shown.host.show('desk', lastNumber(change))
    return ISSUED()
  })
  await choose(shown.page, 'meterai')
  await shown.page.keyboard.press('F2')
  await shown.page.getByText('P-042').first().waitFor()
  return shown
}

const slip = (state: Slip['state'], code: string | null = null) => ({ slip: { jobId: 'j', state, code } })

test('the screen follows the slip: printing, a printer without paper, printed', async () => {
  const { host, page } = await issued(slip('printing'))
  await page.getByText('Struk sedang dicetak.').waitFor()
  host.show('desk', lastNumber(slip('waiting', 'PRINTER_PAPER_OUT')))
  await page.getByText(/Struk menunggu pencetak\. Pasang gulungan baru/).waitFor()
  host.show('desk', lastNumber(slip('printed')))
  await page.getByText('Struk tercetak.').waitFor()
  host.show('desk', lastNumber({ slip: null }))
  await page.getByText('Tidak ada pencetak: tuliskan nomornya.').waitFor()
})

test('a slip that nobody knows about is asked about beside its number and nowhere else, and printed again as a copy', async () => {
  const { host, page } = await issued(slip('unknown'))
  const attention = { jobId: 'j', label: 'P-042', document: 'slip' as const, state: 'unknown' as const, code: null }
  host.show('desk', { printAttention: [attention] })
  host.answer('print.settle', () => DONE)
  await page.getByText('Apakah struk keluar?').waitFor()
  expect(await page.getByText('Apakah struk P-042 keluar?').count()).toBe(0)
  host.show('desk', { ...lastNumber(slip('printing')), printAttention: [] })
  await page.getByRole('button', { name: 'Pengunjung berikutnya' }).focus()
  host.show('desk', lastNumber(slip('unknown')))
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Ya, keluar'))
  // Was meant for the next visitor, and is no answer.
  await page.keyboard.press('Enter')
  await page.waitForTimeout(550)
  expect(host.received.map(({ method }) => method)).toEqual(['visit.issue'])
  await page.keyboard.press('Enter')
  await expect.poll(() => host.received.at(-1)?.input).toEqual({ jobId: 'j', cameOut: true })
  await page.getByRole('button', { name: 'Cetak salinan' }).click()
  await expect.poll(() => host.received.at(-1)?.input).toEqual({ jobId: 'j', cameOut: false })
})

test('a slip that failed is printed again, or its number is taken back with a reason', async () => {
  const { host, page } = await issued(slip('failed', 'PRINTER_REMOVED'))
  host.answer('print.settle', () => DONE)
  host.answer('visit.cancelIssued', () => {
    host.show('desk', lastNumber({ ...slip('failed'), state: 'cancelling' }))
    return ISSUED()
  })
  await page.getByRole('button', { name: 'Cetak lagi' }).click()
  await expect.poll(() => host.received.at(-1)?.input).toEqual({ jobId: 'j', cameOut: false })
  await page.getByRole('button', { name: 'Batalkan nomor' }).click()
  await page.getByRole('dialog', { name: 'Batalkan P-042?' }).waitFor()
  expect(await page.getByLabel('Struk tidak keluar').isChecked()).toBe(true)
  await page.getByRole('dialog').getByRole('button', { name: 'Batalkan nomor' }).click()
  await page.getByText('Pembatalan dicatat; berlaku begitu server dan loketnya tahu').waitFor()
  expect(host.received.at(-1)?.input).toMatchObject({ visitId: VISIT_ID, reason: 'slip_failed' })
  host.show('desk', lastNumber({ state: 'cancelled' }))
  await page.getByText('Nomor dibatalkan').waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Batalkan nomor' }).count()).toBe(0)
  // The next visitor is one key away, as ever.
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Pengunjung berikutnya'))
})

test('a number that was called says where, and is not taken back here; a refusal says who can', async () => {
  const { host, page } = await issued()
  host.answer('visit.cancelIssued', () => ({ ok: false, code: 'ALREADY_CALLED' }))
  await page.keyboard.press('F8')
  await page.getByRole('dialog').getByText('Salah layanan').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Batalkan nomor' }).click()
  await page.getByText('Nomor ini sudah dipanggil loket.').waitFor()
  await page.getByRole('button', { name: 'Tidak jadi' }).click()
  host.show('desk', lastNumber({ state: 'called', counterName: '7' }))
  await page.getByText('Sudah dipanggil ke loket 7.').waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Batalkan nomor' }).count()).toBe(0)
})

test('the last number can be looked at again after the next visitor has come', async () => {
  const { page } = await issued(slip('unknown'))
  await page.getByRole('button', { name: 'Pengunjung berikutnya' }).click()
  await page.getByRole('button', { name: 'Lihat nomor terakhir: P-042' }).click()
  await page.getByText('Apakah struk keluar?').waitFor()
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

test('under the laptop’s bar the service’s name, the button that gives the number and a refusal stay in view', async () => {
  const { host, page } = await show({ desk: frontDeskSnapshot(), shell: laptopShell, panel: busyPanel })
  host.answer('visit.issue', () => ({ ok: false, code: 'QUOTA_REACHED', detail: { tomorrow: Date.now() } }))
  await choose(page, LONG_LIST?.name.id ?? '')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Semua lengkap'))
  const name = page.getByRole('heading', { name: LONG_LIST?.name.id ?? '' })
  const last = page.getByLabel(LONG_LIST?.requirements.at(-1) ?? '')
  const seen = (what: Locator) =>
    what.evaluate((element) => {
      const { left, top, height } = element.getBoundingClientRect()
      return element.contains(document.elementFromPoint(left + 20, top + height / 2))
    })
  for (const place of [last, page.getByText('Umum')]) {
    await place.scrollIntoViewIfNeeded()
    expect(await seen(name)).toBe(true)
    expect(await seen(page.getByRole('button', { name: 'Beri nomor walau belum lengkap' }))).toBe(true)
  }
  await page.keyboard.press('F4')
  await page.keyboard.press('F2')
  const refusal = page.getByText('Kuota layanan ini untuk hari ini sudah habis.')
  await refusal.waitFor()
  expect(await seen(refusal)).toBe(true)
})

test('a wait of hours is said in hours', async () => {
  const wait = { regular: { from: 75, to: 150 }, priority: { from: 60, to: 90 } }
  const { page } = await show({ desk: frontDeskSnapshot(withFrontService('skck', { wait, waiting: 3 })) })
  await choose(page, 'SKCK')
  await page.getByText('Perkiraan 1 jam 15 menit sampai 2 jam 30 menit').waitFor()
  await page.getByText('3 menunggu layanan ini').waitFor()
  await page.getByText('Lansia').click()
  await page.getByText('Perkiraan 60-90 menit').waitFor()
})
