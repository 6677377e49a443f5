/** Everything an officer does with a number, at two desks that share a queue: real hosts, a real server, a real Chromium. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { atDesk, complete, press, scan, signIn, slipOf } from '#tests/e2e/desk-pages.ts'
import { launchChromium } from '#tests/renderer/browser.ts'
import { launch } from '#tests/shell/fakes/launcher.ts'
import { commandOf, processesOf } from '#tests/shell/fakes/processes.ts'

const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=[\w-]+/
/** Offered at the first two counters of the civil registry. */
const SERVICE = 'Perekaman dan penerbitan KTP-el baru'
/** Real programs, the seconds of an undo, and a server that has to be missed. */
const LONG = { timeout: 180_000 }

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

test('every act on a number counts once, at one desk, online and cut off', LONG, async () => {
  const { printed, dataDir } = launch(['--browser'])
  const [url = '', origin = ''] = await printed(ADDRESS)
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  context.setDefaultTimeout(20_000)
  const first = await context.newPage()
  await first.goto(url)
  const front = await context.newPage()
  await front.goto(`${origin}/?screen=penerima-1`)
  await signIn(front, 'penerima-tamu-1')
  const one = await openDesk(context, first, /Loket 1 /, 'petugas-disdukcapil-1')
  const [a, b, c, d] = [await issue(front), await issue(front), await issue(front), await issue(front)]
  await one.getByText('4 siap di loket ini').or(one.getByText('Semua siap di loket ini')).waitFor()

  // A call by mistake is taken back; the same number is first again.
  await press(one, 'F2', /Panggil Berikutnya/)
  await atDesk(one, a)
  await press(one, 'Control+z', /Mulai Layani/)
  await press(one, 'F2', /Panggil Berikutnya/)
  await atDesk(one, a)

  // Three calls, then absent; the absent comes after all, steps aside to fetch a document, and the next one is called.
  await press(one, 'F1', /Panggil Lagi/)
  await one.getByText('Dipanggil 2 kali').waitFor()
  await press(one, 'F1', /Panggil Lagi/)
  await one.getByText('Dipanggil 3 kali').waitFor()
  expect(await one.getByRole('button', { name: /Panggil Lagi/ }).count()).toBe(0)
  await press(one, 'F8', /Tidak Hadir/)
  await one.getByRole('button', { name: 'Ya, tidak hadir' }).click()
  await one.getByRole('tab', { name: /Ditunda/ }).click()
  await one.getByRole('button', { name: `Panggil kembali ${a}` }).click()
  await atDesk(one, a)
  await startServing(one)
  await press(one, 'F7', /Tunda/)
  await one.getByRole('button', { name: 'Mengambil berkas' }).click()
  await press(one, 'F2', /Panggil Berikutnya/)
  await atDesk(one, b)

  // Who is not ready goes to the end: the one after is next.
  await more(one, /Kembalikan/)
  await one.getByRole('button', { name: 'Di akhir antrean' }).click()
  await press(one, 'F2', /Panggil Berikutnya/)
  await atDesk(one, c)

  // Sent to the wrong desk, and taken back before anybody there heard of it.
  await startServing(one)
  await press(one, 'F6', /Alihkan/)
  await one.getByRole('combobox').fill('surat keterangan kehilangan')
  await one.getByRole('combobox').press('Enter')
  await one.getByRole('button', { name: /Alihkan ke/ }).click()
  await one.getByText(`${c} dialihkan.`).waitFor()
  await one.keyboard.press('Control+z')
  await atDesk(one, c)
  await complete(one)

  // On hold no longer; then a walk-in, and one who leaves.
  await one.getByRole('button', { name: `Lanjutkan ${a}` }).click()
  await atDesk(one, a)
  await complete(one)
  await more(one, /Layani Tanpa Nomor/)
  await one.getByRole('dialog').getByRole('button', { name: 'Mulai Layani' }).click()
  await one.locator('main article p', { hasText: /^L\d+-01$/ }).waitFor()
  await complete(one)
  await press(one, 'F2', /Panggil Berikutnya/)
  await atDesk(one, d)
  await more(one, /Batalkan Nomor/)
  await one.getByRole('button', { name: 'Pengunjung pergi' }).click()

  // The last one of the hand is let go, and taken back.
  await one.getByRole('tab', { name: /Menunggu/ }).click()
  await one.getByRole('button', { name: `Tindakan untuk ${b}` }).click()
  await one.getByRole('menuitem', { name: /Lepaskan/ }).click()
  await one.getByText(`${b} dilepas`).waitFor()
  await press(one, 'Control+z', /Urungkan/)
  await one.getByRole('button', { name: `Tindakan untuk ${b}` }).waitFor()

  // Two desks, one number: the second one is told where it is served; a painted slip is no slip.
  const two = await openDesk(context, first, /Loket 2 /, 'petugas-disdukcapil-2')
  await press(one, 'F2', /Panggil Berikutnya/)
  await atDesk(one, b)
  await startServing(one)
  await one.getByText('Terhubung', { exact: true }).first().waitFor()
  const slip = await slipOf(front, b)
  await scan(two, slip)
  await two.getByRole('alert').getByText('Loket 1').waitFor()
  await scan(two, slip.replace(`;${b};`, `;${a};`))
  await two.getByRole('alert').getByText('Panggil penyelia').waitFor()

  // After the visit the next number comes by itself.
  const e = await issue(front)
  await one.getByRole('checkbox', { name: 'Panggil otomatis' }).check()
  await complete(one)
  await atDesk(one, e)
  await one.getByRole('checkbox', { name: 'Panggil otomatis' }).uncheck()
  await startServing(one)
  const [f, g] = [await issue(front), await issue(front)]
  await two.getByText(g).first().waitFor()

  // Cut off, a slip is served where it is shown, and whoever has none gets a number of this counter.
  const server = processesOf(dataDir).find((pid) => commandOf(pid).includes('server/main.ts'))
  if (!server) throw new Error('no server process found')
  process.kill(server, 'SIGSTOP')
  await two
    .getByText(/Luring sejak/)
    .first()
    .waitFor({ timeout: 60_000 })
  await scan(two, await slipOf(front, f))
  await atDesk(two, f)
  await startServing(two)
  await more(two, /Beri Nomor di Loket/)
  await two.getByRole('dialog').getByRole('button', { name: 'Beri Nomor' }).click()
  await two
    .getByRole('dialog')
    .getByText(/^L\d+-01$/)
    .waitFor()
  // A press just after the number has come is not heard: it is to be read first.
  const dialog = two.getByRole('dialog')
  const close = async () => {
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: 'Tutup' }).last().click()
    return dialog.isVisible()
  }
  await expect.poll(close, { interval: 400 }).toBe(false)
  await complete(two)

  process.kill(server, 'SIGCONT')
  await complete(one)
  for (const desk of [one, two]) await desk.getByText('Terhubung', { exact: true }).first().waitFor({ timeout: 60_000 })
  // What was served at one desk waits at no other: there are g and the number of the second counter.
  await two.getByText(g).first().waitFor()
  await expect.poll(() => two.getByRole('list', { name: 'Menunggu' }).getByText(f).count()).toBe(0)
  await scan(one, await slipOf(front, f))
  await one.getByRole('alert').getByText('mengambil nomor baru').waitFor()
})

/** "Buka loket lain" starts another host with its own store in a new tab. */
async function openDesk(context: BrowserContext, from: Page, name: RegExp, officerId: string): Promise<Page> {
  await from.bringToFront()
  await from.getByRole('button', { name: 'Buka loket lain' }).click()
  const [page] = await Promise.all([context.waitForEvent('page'), from.getByRole('menuitem', { name }).click()])
  await signIn(page, officerId)
  await press(page, 'F9', /Buka Loket/)
  await page.getByRole('tab', { name: /Menunggu/ }).waitFor()
  return page
}

async function issue(front: Page): Promise<string> {
  await front.getByRole('combobox').fill(SERVICE)
  await front.getByRole('combobox').press('Enter')
  await front.keyboard.press('F4')
  await press(front, 'F2', /Beri Nomor/)
  const label = await front
    .getByRole('status')
    .getByText(/^[0-9]?[A-Z]+-\d+$/)
    .textContent()
  await front.getByRole('button', { name: 'Pengunjung berikutnya' }).click()
  return label ?? ''
}

/** What comes next is pressed on the screen that shows it: an act of the screen before may be gone by then. */
async function startServing(page: Page): Promise<void> {
  await press(page, 'F3', /Mulai Layani/)
  await page.locator('article[data-status="serving"]').waitFor()
}

async function more(page: Page, item: RegExp): Promise<void> {
  await press(page, 'F10', /Lainnya/)
  await page.getByRole('menuitem', { name: item }).click()
}
