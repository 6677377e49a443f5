/** The lost-KTP visit when the network is gone in the middle of it: for everybody, and for one desk only. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '#scripts/root.ts'
import { atDesk, complete, press, scan, signIn, slipOf } from '#tests/e2e/desk-pages.ts'
import { startMallOnCables } from '#tests/e2e/mall-on-cables.ts'
import { launchChromium } from '#tests/renderer/browser.ts'

const [POLICE, FRONT, DUKCAPIL] = ['polres-1', 'penerima-1', 'disdukcapil-1']

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** Real programs, and desks that have to miss their server. */
const LONG = { timeout: 180_000 }

test(
  'the journey goes on by slips with the server stopped and with one desk cut off; each visit counts once',
  LONG,
  async () => {
    const mall = await startMallOnCables([POLICE, FRONT, DUKCAPIL])
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    context.setDefaultTimeout(30_000)
    const [police, front, dukcapil] = [await context.newPage(), await context.newPage(), await context.newPage()]
    await police.goto(mall.url)
    await front.goto(mall.addressOf(FRONT))
    await dukcapil.goto(mall.addressOf(DUKCAPIL))
    await signIn(police, 'petugas-polres-1')
    await signIn(front, 'penerima-tamu-1')
    await signIn(dukcapil, 'petugas-disdukcapil-1')
    for (const desk of [police, dukcapil]) {
      await press(desk, 'F9', /Buka Loket/)
      await desk.getByText('Belum ada yang menunggu').first().waitFor()
    }

    // The server stops while the police serve. The slip for the next step carries the visitor on.
    const first = await issueLostKtp(front)
    await atPolice(police, first)
    await mall.stopServer()
    for (const desk of [police, dukcapil]) await isOffline(desk)
    const firstLetter = await forwardWithLetter(police, first, 'LP/101/XI/2026')
    await scan(dukcapil, await slipOf(police, first, 2))
    await atDesk(dukcapil, first)
    await press(dukcapil, 'F3', /Mulai Layani/)
    // The letter is still at the police: nobody here has heard of it, and the visitor has it in hand.
    expect(await dukcapil.getByText(firstLetter).count()).toBe(0)
    await mall.startServer()
    for (const desk of [police, front, dukcapil]) await isConnected(desk)
    await readsLetter(dukcapil, firstLetter)
    await complete(dukcapil)

    // Now the cable of the police alone: the registry is connected and sees no forward, only the slip.
    const second = await issueLostKtp(front)
    await atPolice(police, second)
    mall.pull(POLICE)
    await isOffline(police)
    const secondLetter = await forwardWithLetter(police, second, 'LP/102/XI/2026')
    await scan(dukcapil, await slipOf(police, second, 2))
    await atDesk(dukcapil, second)
    await press(dukcapil, 'F3', /Mulai Layani/)
    await isConnected(dukcapil)
    expect(await dukcapil.getByText(secondLetter).count()).toBe(0)

    // Once the police can speak again the registry reads what was handed over, and until when it is good.
    mall.plugIn(POLICE)
    await isConnected(police)
    await readsLetter(dukcapil, secondLetter)
    await complete(dukcapil)
    for (const desk of [police, dukcapil]) {
      await isConnected(desk)
      await desk.getByText('Belum ada yang menunggu').first().waitFor()
    }

    const { visits, entries } = await dayLog(mall.serverDir)
    expect(entries.filter((label) => label === first)).toHaveLength(2)
    expect(entries.filter((label) => label === second)).toHaveLength(2)
    expect(visits).toBe(2)
  },
)

async function issueLostKtp(front: Page): Promise<string> {
  await front.getByRole('combobox').fill('kehilangan')
  await front.getByRole('combobox').press('Enter')
  await front.getByText(/KTP.*hilang.*2 langkah/i).click()
  await front.keyboard.press('F4')
  await press(front, 'F2', /Beri Nomor/)
  const label = await front
    .getByRole('status')
    .getByText(/^P-\d+$/)
    .textContent()
  await front.getByRole('button', { name: 'Pengunjung berikutnya' }).click()
  return label ?? ''
}

async function atPolice(police: Page, label: string): Promise<void> {
  await police.getByText(label).first().waitFor()
  await press(police, 'F2', /Panggil Berikutnya/)
  await atDesk(police, label)
  await press(police, 'F3', /Mulai Layani/)
}

async function forwardWithLetter(police: Page, label: string, letter: string): Promise<string> {
  await press(police, 'F6', /Lanjut ke Langkah 2/)
  await police.getByLabel(/nomor surat/i).fill(letter)
  await police.keyboard.press('Enter')
  await police.getByText(`${label} dialihkan.`).waitFor()
  return letter
}

/** Its number, what it is, and until when it is good. */
async function readsLetter(dukcapil: Page, letter: string): Promise<void> {
  await dukcapil.getByText(letter).waitFor()
  await dukcapil.getByText('Nomor surat keterangan kehilangan').waitFor()
  await dukcapil.getByText(/Berlaku sampai/).waitFor()
}

const isOffline = (page: Page) =>
  page
    .getByText(/Luring sejak/)
    .first()
    .waitFor({ timeout: 60_000 })

const isConnected = (page: Page) => page.getByText('Terhubung', { exact: true }).first().waitFor({ timeout: 60_000 })

/** What a supervisor reads of the day. */
async function dayLog(serverDir: string): Promise<{ visits: number; entries: string[] }> {
  const out = join(serverDir, 'day.csv')
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Makassar' }).format(new Date())
  await promisify(execFile)(process.execPath, [
    join(ROOT, 'server/export-main.ts'),
    '--data',
    serverDir,
    '--date',
    today,
    '--out',
    out,
  ])
  const [head = '', ...lines] = (await readFile(out, 'utf8')).replace('\uFEFF', '').trim().split(/\r?\n/)
  const separator = head.includes(';') ? ';' : ','
  const columns = head.split(separator)
  const column = (name: string) => lines.map((line) => line.split(separator)[columns.indexOf(name)] ?? '')
  return { visits: new Set(column('kunjungan')).size, entries: column('nomor') }
}
