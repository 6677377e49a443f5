/**
 * led: from the click on Panggil Berikutnya in Chromium to the last byte at the far end of the display's serial line, with
 * the mall server connected, and again while it does not answer. The line is a pty pair, which has no baud rate: what is
 * measured is everything before the wire. Then the display's cable is pulled and put back (replug.ts).
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { buildParts, PARTS } from '#scripts/build-parts.ts'
import { openCable, type SerialCable } from '#scripts/demo/serial-cable.ts'
import { startInBrowser } from '#scripts/start/browser.ts'
import { call, installCaller } from '#tests/bench/product/page-caller.ts'
import { replug } from '#tests/bench/replug.ts'
import { type Figure, figure, median, quantile } from '#tests/bench/result.ts'
import { launchChromium } from '#tests/renderer/browser.ts'

const CLICKS = 200
const WARM_UP = 10
/** A little more than GUARD_MS of renderer/ui/focus-guarded.ts. */
const GUARD_MS = 550
const POLICE = { screen: 'polres-1', name: 'petugas-polres-1', pin: '214597' }
const FRONT = { screen: 'penerima-1', officerId: 'penerima-tamu-1', pin: '536928' }

export async function led(): Promise<Figure[]> {
  return [...(await clicks()), ...(await replug({ cycles: 1000, warmUp: 200, sampleEvery: 20 }))]
}

async function clicks(): Promise<Figure[]> {
  await buildParts(PARTS.filter(({ name }) => name === 'host' || name === 'renderer'))
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  const cable = await openCable(folder, 'led')
  const store = join(folder, 'laptop', POLICE.screen)
  mkdirSync(store, { recursive: true })
  const display = { driver: 'cd5220', params: {}, transport: { kind: 'serial', path: cable.path } }
  writeFileSync(join(store, 'profile.json'), JSON.stringify({ displays: [display], printer: null, language: 'id' }))
  let url = ''
  const desk = await startInBrowser({ dataDir: folder, port: null, onUrl: (next) => (url = next) })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(url)
    await installCaller(page)
    await noteClicks(page)
    await signInAndOpen(page)
    const online = await repeated(async () => callAndEnd(page, cable, await issued(page, 1)))
    const waiting: Issued[] = []
    while (waiting.length < CLICKS + WARM_UP) waiting.push(await issued(page, waiting.length + 1))
    const offline = await withoutServer(page, () => repeated(() => callAndEnd(page, cable, waiting.shift() as Issued)))
    return [
      figure('led.click.p50', 'ms', median(online), online.length),
      figure('led.click.p99', 'ms', quantile(online, 0.99), online.length),
      figure('led.offline.p50', 'ms', median(offline), offline.length),
      figure('led.offline.p99', 'ms', quantile(offline, 0.99), offline.length),
    ]
  } finally {
    await browser.close()
    await desk.stop()
    await cable.unplug()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** When the browser got the press, not when the test asked for it. */
async function noteClicks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noteClick = ({ timeStamp }: MouseEvent) => {
      Object.assign(window, { clickedAt: performance.timeOrigin + timeStamp })
    }
    window.addEventListener('click', noteClick, { capture: true })
  })
}

async function signInAndOpen(page: Page): Promise<void> {
  await call(page, FRONT.screen, 'session.signIn', { officerId: FRONT.officerId, pin: FRONT.pin })
  await call(page, POLICE.screen, 'session.signIn', { officerId: POLICE.name, pin: POLICE.pin })
  await call(page, POLICE.screen, 'counter.open', { commandId: randomUUID() })
}

/** The times of the clicks after the first few. */
async function repeated(click: () => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < CLICKS + WARM_UP; n += 1) times.push(await click())
  return times.slice(WARM_UP)
}

type Issued = { visitId: string; label: string }

/** A number that waits in the hand of the only open counter, as one of so many. */
async function issued(page: Page, waiting: number): Promise<Issued> {
  const input = { commandId: randomUUID(), serviceId: 'surat-kehilangan', priority: null, journeyId: null }
  const { visitId = '', label = '' } = await call(page, FRONT.screen, 'visit.issue', input)
  await page
    .getByRole('tab', { name: /Menunggu/ })
    .getByText(String(waiting), { exact: true })
    .waitFor()
  await page.getByText('Semua siap di loket ini').waitFor()
  return { visitId, label }
}

/** Milliseconds from the click to the last byte that makes the display show the called number; then nobody is called. */
async function callAndEnd(page: Page, cable: SerialCable, { visitId, label }: Issued): Promise<number> {
  const button = page.getByRole('button', { name: /Panggil Berikutnya/ })
  await button.waitFor()
  // The big button ignores the second half of a double click.
  await delay(GUARD_MS)
  await button.click()
  const shownAt = await shows(label, cable)
  const clickedAt = await page.evaluate(() => (window as unknown as { clickedAt: number }).clickedAt)
  await call(page, POLICE.screen, 'queue.noShow', { commandId: randomUUID(), visitId, entryNo: 1 })
  return shownAt - clickedAt
}

/** While the mall server is stopped and the desk has noticed. */
async function withoutServer<T>(page: Page, run: () => Promise<T>): Promise<T> {
  const children = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'server/main.ts'], { encoding: 'utf8' })
  const server = Number(children.trim())
  process.kill(server, 'SIGSTOP')
  try {
    await page.getByText(/^Luring sejak/).waitFor()
    return await run()
  } finally {
    process.kill(server, 'SIGCONT')
  }
}

/** Epoch ms at which the far end had all bytes of the label's frame. */
async function shows(label: string, cable: SerialCable): Promise<number> {
  const end = Date.now() + 5_000
  while (Date.now() < end) {
    const reader = createDisplayReader('cd5220')
    reader.feed(cable.received())
    // Upper line the number, lower line the counter: the lower one comes last, and then nothing until the next state.
    if (reader.shown() === `ANTREAN ${label}\nLOKET 12`) return cable.lastArrival()
    await delay(5)
  }
  throw new Error(`the display never showed ${label}`)
}
