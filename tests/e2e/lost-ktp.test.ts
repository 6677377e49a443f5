/** The visit as people see it: npm start in a browser, real hosts, real server, a real Chromium, keys and clicks. */
import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { press, signIn } from '#tests/e2e/desk-pages.ts'
import { launchChromium } from '#tests/renderer/browser.ts'
import { launch } from '#tests/shell/fakes/launcher.ts'
import { commandOf, processesOf } from '#tests/shell/fakes/processes.ts'

const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=[\w-]+/
const LETTER = `LP/${randomUUID().slice(0, 4)}/XI/2026`

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** Real programs, and a forward that waits for its eight seconds. */
const LONG = { timeout: 90_000 }

test(
  'a citizen who lost the KTP is served at two agencies under one number, and a dying host loses nothing',
  LONG,
  async () => {
    const { printed, dataDir } = launch(['--browser'])
    const [url = '', origin = ''] = await printed(ADDRESS)
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    context.setDefaultTimeout(15_000)
    const police = await context.newPage()
    await police.goto(url)
    await signIn(police, 'petugas-polres-1')
    await press(police, 'F9', /Buka Loket/)
    await police.getByText('Belum ada yang menunggu').first().waitFor()

    const front = await context.newPage()
    await front.goto(`${origin}/?screen=penerima-1`)
    await signIn(front, 'penerima-tamu-1')
    await front.getByRole('combobox').fill('kehilangan')
    await front.getByText('Surat keterangan kehilangan').first().click()
    await front.getByText(/KTP.*hilang.*2 langkah/i).click()
    await front.keyboard.press('F4')
    await press(front, 'F2', /Beri Nomor/)
    await front.getByText('P-001').first().waitFor()

    await press(police, 'F2', /Panggil Berikutnya/)
    await press(police, 'F3', /Mulai Layani/)
    await press(police, 'F6', /Lanjut ke Langkah 2/)
    await police.getByLabel(/surat/i).fill(LETTER)
    await police.keyboard.press('Enter')
    await police.getByText('Belum ada yang menunggu').first().waitFor()

    // "Buka loket lain" starts another host with its own store in a new tab.
    await police.getByRole('button', { name: 'Buka loket lain' }).click()
    const [dukcapil] = await Promise.all([
      context.waitForEvent('page'),
      police.getByRole('menuitem', { name: /Loket 1 / }).click(),
    ])
    await signIn(dukcapil, 'petugas-disdukcapil-1')
    await press(dukcapil, 'F9', /Buka Loket/)
    // The police may take the forward back for some seconds; only then it is dealt.
    await dukcapil.getByText('P-001').first().waitFor()
    await press(dukcapil, 'F2', /Panggil Berikutnya/)
    await press(dukcapil, 'F3', /Mulai Layani/)
    await dukcapil.getByText(LETTER).waitFor()
    await dukcapil.getByText(/Berlaku sampai/).waitFor()

    const host = processesOf(dataDir)
      .filter((pid) => commandOf(pid).includes('host.cjs'))
      .at(-1)
    if (!host) throw new Error('no host process found')
    process.kill(host, 'SIGKILL')
    await expect
      .poll(() => processesOf(dataDir).filter((pid) => commandOf(pid).includes('host.cjs') && pid !== host).length)
      .toBe(3)
    await dukcapil.getByText('P-001').first().waitFor()
    await press(dukcapil, 'F4', /Selesai/)
    await dukcapil.getByRole('button', { name: 'Layanan diberikan' }).click()
    await dukcapil.getByText('Belum ada yang menunggu').first().waitFor()
    await dukcapil.getByText('Terhubung', { exact: true }).first().waitFor()

    // The panel shows what left the printer: the receipt of the second agency.
    const panel = dukcapil.getByRole('button', { name: 'Panel alat' })
    if ((await panel.getAttribute('aria-pressed')) === 'false') await panel.click()
    await dukcapil.getByText('P-001').first().waitFor()
  },
)
