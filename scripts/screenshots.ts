/** npm run screenshots: the README's pictures, taken from the mall in one laptop as a visitor's morning is played on it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { buildStale } from '#scripts/build-stale.ts'
import { ROOT } from '#scripts/root.ts'
import { startInBrowser } from '#scripts/start/browser.ts'

const PICTURES = join(ROOT, 'docs/gambar')
const SIZE = { width: 1366, height: 768 }
/** A quarter past nine in Buleleng. */
const MORNING = Date.parse('2026-11-23T09:15:00+08:00')
/** Waits of half an hour come about in half a minute. */
const MINUTES_PER_SECOND = 1

type Visitor = { service: string; priority?: string; minutesUntilNext: number }

const MORNING_VISITORS: readonly Visitor[] = [
  { service: 'SKCK', minutesUntilNext: 2 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 3 },
  { service: 'SKCK', minutesUntilNext: 1 },
  { service: 'perkembangan laporan', minutesUntilNext: 4 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 3 },
  { service: 'Izin keramaian', minutesUntilNext: 4 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 5 },
  { service: 'SKCK', minutesUntilNext: 4 },
  { service: 'perkembangan laporan', minutesUntilNext: 2 },
]
const WHILE_SERVING: readonly Visitor[] = [
  { service: 'SKCK', priority: 'Lansia', minutesUntilNext: 3 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 2 },
  { service: 'Izin keramaian', priority: 'Disabilitas', minutesUntilNext: 4 },
  { service: 'SKCK', minutesUntilNext: 0 },
]

async function main(): Promise<void> {
  await buildStale(['renderer', 'host'], console.log)
  // For the hosts and the mall server that this process starts.
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, `--import=${fastClock()}`].filter(Boolean).join(' ')
  const dataDir = await mkdtemp(join(tmpdir(), 'loket-gambar-'))
  let url = ''
  const mall = await startInBrowser({ dataDir, port: null, onUrl: (address) => (url = address) })
  const browser = await chromium.launch({
    executablePath: process.env.LOKET_CHROMIUM ?? '/usr/bin/chromium',
    // No sandbox, because CI runs as root.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--hide-scrollbars'],
  })
  try {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light' })
    context.setDefaultTimeout(20_000)
    await play(context, url)
  } finally {
    await browser.close()
    await mall.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function play(context: BrowserContext, url: string): Promise<void> {
  // A real workstation has no device panel.
  await context.addInitScript({ content: `localStorage.setItem('loket.panel', 'false')` })
  const counter = await context.newPage()
  await counter.goto(url)
  await signIn(counter, 'petugas-polres-1')
  await press(counter, 'F9', 'Buka Loket')
  await counter.getByText('Belum ada yang menunggu').waitFor()

  const front = await context.newPage()
  await front.goto(`${new URL(url).origin}/?screen=penerima-1`)
  await signIn(front, 'penerima-tamu-1')
  for (const visitor of MORNING_VISITORS) await issue(front, visitor)
  await press(counter, 'F2', 'Panggil Berikutnya')
  await press(counter, 'F3', 'Mulai Layani')
  for (const visitor of WHILE_SERVING) await issue(front, visitor)

  await choose(front, { service: 'Surat keterangan kehilangan', priority: 'Ibu hamil/menyusui' })
  await front.getByText(/KTP hilang/).click()
  await take(front, 'penerima-tamu.png')
  await front.keyboard.press('F2')
  await take(counter, 'loket.png')
}

async function signIn(page: Page, officerId: string): Promise<void> {
  const { officers } = JSON.parse(await readFile(join(ROOT, 'config/contoh-mpp.json'), 'utf8')) as {
    officers: { id: string; name: string; pin: string }[]
  }
  const officer = officers.find(({ id }) => id === officerId)
  if (!officer) throw new Error(`${officerId} is not in the sample mall`)
  await page.getByRole('button', { name: new RegExp(officer.name) }).click()
  await page.getByLabel('PIN 6 angka').fill(officer.pin)
}

/** A function key counts once the screen shows its act and no other one is under way. */
async function press(page: Page, key: string, act: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(act) }).waitFor()
  await page.waitForFunction(`!document.querySelector('main [aria-disabled]')`)
  await page.keyboard.press(key)
}

async function choose(front: Page, { service, priority = 'Umum' }: Omit<Visitor, 'minutesUntilNext'>): Promise<void> {
  await front.getByRole('combobox').fill(service)
  await front.getByRole('combobox').press('Enter')
  await front.getByText(priority, { exact: true }).click()
  await front.keyboard.press('F4')
}

async function issue(front: Page, visitor: Visitor): Promise<void> {
  await choose(front, visitor)
  await front.keyboard.press('F2')
  await front.getByRole('button', { name: 'Pengunjung berikutnya' }).click()
  await pause((visitor.minutesUntilNext / MINUTES_PER_SECOND) * 1000)
}

async function take(page: Page, name: string): Promise<void> {
  await page.bringToFront()
  // Screens and badges have settled.
  await pause(500)
  await page.screenshot({ path: join(PICTURES, name) })
  console.log(`docs/gambar/${name}`)
}

/** A module that makes Date.now begin in the morning and run fast, the same in every process that loads it. */
function fastClock(): string {
  const code = `const real=Date.now;Date.now=()=>${MORNING}+(real()-${Date.now()})*${MINUTES_PER_SECOND * 60}`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
