/** The front desk as people see it: npm start in a browser, real hosts, real server, paper in the panel, a counter beside it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#tests/e2e/desk-pages.ts'
import { launchChromium } from '#tests/renderer/browser.ts'
import { launch } from '#tests/shell/fakes/launcher.ts'

const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=[\w-]+/

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function choose(front: Page, words: string): Promise<void> {
  await front.getByRole('combobox').fill(words)
  await front.getByRole('combobox').press('Enter')
  await front.getByRole('heading', { level: 2 }).first().waitFor()
}

/** Real programs on a busy machine. */
const LONG = { timeout: 90_000 }

test(
  'requirements are ticked off, the slip is followed, and a wrong number is taken back before anybody calls it',
  LONG,
  async () => {
    const { printed } = launch(['--browser'])
    const [url = '', origin = ''] = await printed(ADDRESS)
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    context.setDefaultTimeout(15_000)
    const police = await context.newPage()
    await police.goto(url)
    await signIn(police, 'petugas-polres-1')
    const front = await context.newPage()
    await front.goto(`${origin}/?screen=penerima-1`)
    await signIn(front, 'penerima-tamu-1')

    // Nobody works yet, so nobody can say how long it takes.
    await choose(front, 'SKCK')
    await front.getByText('Perkiraan tidak tersedia').waitFor()
    await front.getByLabel('Fotokopi KTP-el').check()
    await front.keyboard.press('F2')
    await front.getByRole('dialog').getByRole('button', { name: 'Cetak persyaratan' }).click()
    await front.getByText('Daftar dikirim ke pencetak.').waitFor()
    await front.getByText('DAFTAR PERSYARATAN').waitFor()

    await police
      .getByRole('button', { name: /Buka Loket/ })
      .first()
      .waitFor()
    await police.keyboard.press('F9')
    await police.getByText('Belum ada yang menunggu').first().waitFor()

    // The visitor insists: a second step, and the number.
    await front.getByRole('button', { name: 'Beri nomor walau belum lengkap' }).click()
    await front.getByRole('dialog').getByRole('button', { name: 'Beri nomor walau belum lengkap' }).click()
    await front.getByText('SK-001').first().waitFor()
    await front.getByText(/Struk (dikirim ke pencetak|tercetak)\./).waitFor()
    await police.getByText('SK-001').first().waitFor()

    // It was the wrong service after all: it leaves the counter's hand, and the next one is called instead.
    await front.getByRole('button', { name: 'Batalkan nomor' }).click()
    await front.getByRole('dialog').getByText('Salah layanan').click()
    await front.getByRole('dialog').getByRole('button', { name: 'Batalkan nomor' }).click()
    await front.getByText('Nomor dibatalkan').waitFor()
    await police.getByText('Belum ada yang menunggu').first().waitFor()

    await front.getByRole('button', { name: 'Pengunjung berikutnya' }).click()
    await choose(front, 'kehilangan')
    await front.keyboard.press('F4')
    await front.keyboard.press('F2')
    await front.getByText('P-001').first().waitFor()
    await police.getByText('P-001').first().waitFor()
    await police.keyboard.press('F2')
    await front.getByText(/Sudah dipanggil ke loket/).waitFor()
    expect(await front.getByRole('button', { name: 'Batalkan nomor' }).count()).toBe(0)
  },
)
