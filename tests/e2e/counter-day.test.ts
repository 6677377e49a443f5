/** The counter's day as people live it: npm start in a browser, a real host and server, a real Chromium, keys and clicks. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '#tests/renderer/browser.ts'
import { launch } from '#tests/shell/fakes/launcher.ts'
import { commandOf, processesOf } from '#tests/shell/fakes/processes.ts'

const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=[\w-]+/
const SAMPLE_MALL = new URL('../../config/contoh-mpp.json', import.meta.url)
const OFFICER = 'petugas-polres-1'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

type Officer = { id: string; name: string; pin: string; agencyId?: string }

function policeOfficers(): Officer[] {
  const { officers } = JSON.parse(readFileSync(SAMPLE_MALL, 'utf8')) as { officers: Officer[] }
  return officers.filter(({ agencyId }) => agencyId === 'polres')
}

/** A key counts once the screen shows the act it belongs to and no other one is under way. */
async function press(page: Page, key: string, act: RegExp): Promise<void> {
  await page.getByRole('button', { name: act }).first().waitFor()
  await page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
  await page.keyboard.press(key)
}

test('an officer pauses, locks, hands over and closes; a reload and a dying host change nothing of it', {
  timeout: 90_000,
}, async () => {
  const { printed, dataDir } = launch(['--browser'])
  const [url = ''] = await printed(ADDRESS)
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const officers = policeOfficers()
  const [me, colleague] = [officers.find(({ id }) => id === OFFICER), officers.find(({ id }) => id !== OFFICER)]
  if (!me || !colleague) throw new Error('the sample mall has changed')
  await page.goto(url)
  await page.getByRole('button', { name: new RegExp(me.name) }).click()
  await page.getByText('PIN 6 angka').first().waitFor()
  await page.keyboard.type(me.pin)
  await press(page, 'F9', /Buka Loket/)

  await press(page, 'F12', /Istirahat/)
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('1')
  await page.getByText(/Kembali pukul .* menit lagi/).waitFor()

  await page.keyboard.press('Control+l')
  await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor()
  const host = processesOf(dataDir).find((pid) => commandOf(pid).includes('host.cjs'))
  if (!host) throw new Error('no host process found')
  process.kill(host, 'SIGKILL')
  await expect
    .poll(() =>
      processesOf(dataDir)
        .filter((pid) => commandOf(pid).includes('host.cjs'))
        .includes(host),
    )
    .toBe(false)
  await page.getByLabel('PIN 6 angka').waitFor()
  await page.keyboard.type(me.pin)
  await page.getByRole('heading', { name: 'Loket sedang istirahat' }).waitFor()
  await press(page, 'F9', /Lanjutkan/)
  await page.getByText('Belum ada yang menunggu').first().waitFor()

  await page.keyboard.press('Control+g')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(colleague.name) })
    .click()
  await page.getByLabel('PIN 6 angka').waitFor()
  await page.keyboard.type(colleague.pin)
  await page.getByRole('button', { name: colleague.name, exact: true }).waitFor()

  await page.keyboard.press('F10')
  await page.getByRole('menuitem', { name: 'Layanan Saya Sekarang' }).click()
  await page.getByText('Tidak ada loket lain yang melayani sekarang').first().waitFor()
  await page.getByRole('dialog').getByRole('checkbox').first().uncheck()
  await page.getByText('tidak ada yang melayaninya di mal').waitFor()
  await page.getByRole('button', { name: /^Layani \d layanan ini/ }).click()
  await page.getByText(/Hanya melayani \d dari \d layanan/).waitFor()

  await page.keyboard.press('F10')
  await page.getByRole('menuitem', { name: 'Tutup Loket' }).click()
  await page.getByText('Semua sudah beres').waitFor()
  await page.getByRole('button', { name: 'Tutup dan keluar' }).click()
  await page.getByRole('button', { name: new RegExp(me.name) }).waitFor()
})
