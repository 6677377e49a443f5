/** A morning at the police counter and the front desk, with a picture of every moment that the guides speak of. */
import type { BrowserContext, Page } from 'playwright-core'
import { choose, issue, pinOf, press, signIn, take, takeQuestion } from '#scripts/screenshots/hands.ts'
import type { MorningClock } from '#scripts/screenshots/morning-clock.ts'
import { stopServerFor } from '#scripts/screenshots/stop-server.ts'
import { FIRST_VISITORS, LATER_VISITORS, type Visitor } from '#scripts/screenshots/visitors.ts'

const OFFICER = 'petugas-polres-1'
const COUNTER = 'polres-1'
const FRONT_DESK = 'penerima-1'
/** The compact bar's own size. */
const BAR = { width: 600, height: 72 }

type Morning = { context: BrowserContext; url: string; clock: MorningClock; dataDir: string }

export async function playMorning({ context, url, clock, dataDir }: Morning): Promise<void> {
  const addressOf = (screenId: string) => `${new URL(url).origin}/?screen=${screenId}`
  // A real workstation has no device panel.
  await context.addInitScript({ content: `localStorage.setItem('loket.panel', 'false')` })
  const counter = await context.newPage()
  await counter.goto(url)
  await signIn(counter, OFFICER)
  await press(counter, 'F9', 'Buka Loket')
  await counter.getByText('Belum ada yang menunggu').waitFor()
  const front = await context.newPage()
  await front.goto(addressOf(FRONT_DESK))
  await signIn(front, 'penerima-tamu-1')

  await visitorsCome(front, FIRST_VISITORS, clock)
  await press(counter, 'F2', 'Panggil Berikutnya')
  await press(counter, 'F3', 'Mulai Layani')
  await complete(counter)
  await press(counter, 'F2', 'Panggil Berikutnya')
  await visitorsCome(front, LATER_VISITORS, clock)
  await clock.untilCalm(9)
  await press(counter, 'F3', 'Mulai Layani')
  await clock.untilCalm(0)
  for (const page of [counter, front]) {
    await page.getByText(clock.afterwards).waitFor()
    await page.getByText(/^Jam PC ini/).waitFor({ state: 'hidden' })
  }

  await choose(front, { service: 'Surat keterangan kehilangan', priority: 'Ibu hamil/menyusui', journey: /KTP hilang/ })
  await take(front, 'penerima-tamu.png')
  await front.keyboard.press('F2')
  await front.getByText(/Struk (dikirim ke pencetak|tercetak)\./).waitFor()
  await take(front, 'penerima-nomor.png')

  await serve(counter)
  await stepAside(counter)
  await rest(counter)
  await press(counter, 'F2', 'Panggil Berikutnya')
  await press(counter, 'F3', 'Mulai Layani')
  await takeBar(context, `${addressOf(COUNTER)}&view=bar`)
  await stopServerFor(dataDir, async () => {
    await counter.getByText(/Luring sejak/).waitFor({ timeout: 60_000 })
    await take(counter, 'luring.png')
  })
  await counter.getByText('Terhubung', { exact: true }).waitFor({ timeout: 60_000 })
  await complete(counter)
  await goHome(counter)
}

async function visitorsCome(front: Page, visitors: readonly Visitor[], clock: MorningClock): Promise<void> {
  for (const visitor of visitors) {
    await issue(front, visitor)
    await clock.minutes(visitor.minutesUntilNext)
  }
}

/** A step of a journey, another one called, what is asked at the end, and a note. */
async function serve(counter: Page): Promise<void> {
  await take(counter, 'loket.png')
  await press(counter, 'F6', 'Lanjut ke Langkah 2')
  await counter.getByLabel('Nomor surat keterangan kehilangan').fill('STPLK/1187/XI/2026')
  await take(counter, 'alihkan-langkah.png')
  await counter.keyboard.press('Enter')
  await counter.getByText(/dialihkan\./).waitFor()
  await take(counter, 'urungkan.png')
  await press(counter, 'F2', 'Panggil Berikutnya')
  await counter.getByRole('button', { name: /Mulai Layani/ }).waitFor()
  await take(counter, 'dipanggil.png')
  await press(counter, 'F3', 'Mulai Layani')
  await press(counter, 'F6', 'Alihkan')
  await counter.getByRole('combobox').fill('Kartu Keluarga')
  await counter.getByRole('combobox').press('Enter')
  await takeQuestion(counter, 'alihkan.png')
  await press(counter, 'Control+k', 'Selesai')
  await counter.getByLabel('Catatan baru').fill('Fotokopi KTP diserahkan. Foto 4x6 menyusul sore ini.')
  await take(counter, 'catatan.png')
  await counter.getByRole('button', { name: 'Simpan catatan' }).click()
  await counter.getByRole('dialog').waitFor({ state: 'hidden' })
  await press(counter, 'F4', 'Selesai')
  await takeQuestion(counter, 'selesai.png')
}

/** On hold and absent, and where both are found again. */
async function stepAside(counter: Page): Promise<void> {
  await press(counter, 'F7', 'Tunda')
  await counter.getByRole('dialog').waitFor()
  await take(counter, 'tunda.png')
  await counter.getByRole('button', { name: 'Mengambil berkas' }).click()
  await press(counter, 'F2', 'Panggil Berikutnya')
  await press(counter, 'F8', 'Tidak Hadir')
  await counter.getByRole('dialog').waitFor()
  await take(counter, 'tidak-hadir.png')
  await counter.getByRole('button', { name: 'Ya, tidak hadir' }).click()
  await counter.getByRole('dialog').waitFor({ state: 'hidden' })
  await counter.getByRole('tab', { name: /Ditunda/ }).click()
  await take(counter, 'ditunda.png')
  await counter.getByRole('tab', { name: /Menunggu/ }).click()
  await press(counter, 'F5', 'Terima Struk')
  await takeQuestion(counter, 'terima-struk.png')
  await press(counter, 'F10', 'Lainnya')
  await counter.getByRole('menu').waitFor()
  await take(counter, 'lainnya.png')
  await counter.keyboard.press('Escape')
}

async function rest(counter: Page): Promise<void> {
  await press(counter, 'F12', 'Istirahat')
  await counter.getByRole('dialog').waitFor()
  await take(counter, 'istirahat.png')
  await counter.keyboard.press('3')
  await counter.getByRole('heading', { name: 'Loket sedang istirahat' }).waitFor()
  await take(counter, 'sedang-istirahat.png')
  await press(counter, 'F9', 'Lanjutkan')
  await counter.keyboard.press('Control+l')
  await counter.getByRole('heading', { name: 'Layar terkunci' }).waitFor()
  await take(counter, 'terkunci.png')
  await unlock(counter)
}

async function unlock(counter: Page): Promise<void> {
  await counter.getByLabel('PIN 6 angka').fill(await pinOf(OFFICER))
  await counter.getByRole('heading', { name: 'Layar terkunci' }).waitFor({ state: 'hidden' })
}

async function complete(counter: Page): Promise<void> {
  await press(counter, 'F4', 'Selesai')
  await counter.getByRole('button', { name: 'Layanan diberikan' }).click()
  await counter.getByRole('dialog').waitFor({ state: 'hidden' })
}

async function takeBar(context: BrowserContext, address: string): Promise<void> {
  const bar = await context.newPage()
  await bar.setViewportSize(BAR)
  await bar.goto(address)
  await bar.getByRole('button', { name: /Selesai/ }).waitFor()
  await take(bar, 'bilah.png')
  await bar.close()
}

async function goHome(counter: Page): Promise<void> {
  await press(counter, 'F10', 'Lainnya')
  await counter.getByRole('menuitem', { name: 'Tutup Loket' }).click()
  await counter.getByRole('dialog').getByText('Terlayani').waitFor()
  await take(counter, 'tutup.png')
  await counter.getByRole('button', { name: 'Tutup loket saja' }).click()
  await counter.getByRole('button', { name: /Buka Loket/ }).waitFor()
  await take(counter, 'buka.png')
  await counter.locator('header').getByRole('button').last().click()
  await counter.getByRole('menuitem', { name: 'Keluar' }).click()
  await counter.getByRole('heading', { name: 'Siapa yang bertugas?' }).waitFor()
  await take(counter, 'masuk.png')
}
