/**
 * desk: an officer's acts in Chromium against a real host and mall server on a day of 3,000 visits, each from the press to the
 * painted result; a list of 500 waiting under the wheel; the page's memory over the day; and how fast and large the desk comes.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { buildStale } from '#scripts/build-stale.ts'
import { ROOT } from '#scripts/root.ts'
import { startInBrowser } from '#scripts/start/browser.ts'
import { installWatch, painted, type Shown } from '#tests/bench/painted.ts'
import { call, installCaller } from '#tests/bench/product/page-caller.ts'
import { type Figure, figure, median, quantile } from '#tests/bench/result.ts'
import { launchChromium } from '#tests/renderer/browser.ts'
import { firstLoad } from '#tests/renderer/first-load.ts'
import { usedHeap } from '#tests/renderer/used-heap.ts'

/** A little more than GUARD_MS of renderer/ui/focus-guarded.ts. */
const GUARD_MS = 550
const SIZE = { width: 1366, height: 768 }
const POLICE = { screen: 'polres-1', officerId: 'petugas-polres-1', pin: '214597' }
const FRONT = { screen: 'penerima-1', officerId: 'penerima-tamu-1', pin: '536928' }
const KILOBYTE = 1024
const MEGABYTE = KILOBYTE * KILOBYTE

const called: Shown = { selector: 'article[data-status="called"]' }
const serving: Shown = { selector: 'article[data-status="serving"]' }
const nobody: Shown = { selector: 'article[data-status]', gone: true }
const dialog: Shown = { selector: '[role="dialog"]' }

export type DeskDay = { visits: number; early: number; waiting: number; rounds: number; reloads: number }

const DAY: DeskDay = { visits: 3_000, early: 500, waiting: 500, rounds: 60, reloads: 15 }

export async function desk(day: DeskDay = DAY): Promise<Figure[]> {
  await buildStale(['host', 'renderer'], console.error)
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  let url = ''
  const mall = await startInBrowser({ dataDir: folder, port: null, onUrl: (next) => (url = next) })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: SIZE })
    await page.goto(url)
    await installCaller(page)
    for (const { screen, officerId, pin } of [FRONT, POLICE])
      await call(page, screen, 'session.signIn', { officerId, pin })
    await call(page, POLICE.screen, 'counter.open', { commandId: randomUUID() })
    // A real workstation draws no devices: it has them.
    await page.getByRole('button', { name: 'Panel alat', pressed: true }).click()
    const heap = await serveVisits(page, day)
    for (let n = 0; n < day.waiting; n += 1) await issue(page)
    await page.getByText(`${day.waiting}`, { exact: true }).first().waitFor()
    return [
      ...(await acts(page, browser, day.rounds)),
      ...(await scrolling(page, day.waiting)),
      ...(await coming(page, browser, day.reloads)),
      figure('desk.bundle', 'kB', firstLoad(join(ROOT, 'out/renderer')).codeBytes / KILOBYTE, 1),
      heap,
    ]
  } finally {
    await browser.close()
    await mall.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function issue(page: Page): Promise<string> {
  const input = { commandId: randomUUID(), serviceId: 'surat-kehilangan', priority: null, journeyId: null }
  const { visitId = '' } = await call(page, FRONT.screen, 'visit.issue', input)
  return visitId
}

/** Through the contract, as fast as it answers, with the desk on the screen all the while. */
async function serveVisits(page: Page, { visits, early }: DeskDay): Promise<Figure> {
  let before = Number.NaN
  for (let n = 1; n <= visits; n += 1) {
    await issue(page)
    const entry = await calledNow(page)
    await call(page, POLICE.screen, 'queue.startServing', { commandId: randomUUID(), ...entry })
    const end = { outcome: 'delivered', paymentReference: null }
    await call(page, POLICE.screen, 'queue.complete', { commandId: randomUUID(), ...entry, ...end })
    if (n === early) before = (await usedHeap(page)) / MEGABYTE
  }
  const peer = { name: `the same at visit ${early}`, value: before }
  return figure('desk.heap', 'MB', (await usedHeap(page)) / MEGABYTE, visits, peer)
}

/** The number may still be on its way from the server. */
async function calledNow(page: Page): Promise<{ visitId: string; entryNo: number }> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await call(page, POLICE.screen, 'queue.callNext', { commandId: randomUUID() }).catch(() => null)
    if (answer) return { visitId: answer.visitId ?? '', entryNo: Number(answer.entryNo) }
    await delay(10)
  }
  throw new Error('nobody could be called')
}

/** One press at a time, each after the one before has been painted. */
async function acts(page: Page, browser: Browser, rounds: number): Promise<Figure[]> {
  await installWatch(page)
  const times: Record<string, number[]> = {}
  const measure = async (name: string, shown: Shown, press: () => Promise<unknown>) => {
    times[name] = [...(times[name] ?? []), await painted(page, shown, press)]
    await page.waitForFunction(`!document.querySelector('main [aria-disabled]')`)
  }
  const button = (name: RegExp) => page.getByRole('main').getByRole('button', { name })
  const over = page.locator('[role="dialog"], [role="menu"]')
  const pressGuarded = async (name: string, big: ReturnType<typeof button>, shown: Shown) => {
    await big.waitFor()
    await delay(GUARD_MS)
    await measure(name, shown, () => big.click())
  }
  for (let round = 0; round < rounds; round += 1) {
    await pressGuarded('call', button(/Panggil Berikutnya/), called)
    await measure('call-again', { selector: 'article', words: 'Dipanggil 2 kali' }, () =>
      button(/Panggil Lagi/).click(),
    )
    await measure('menu', { selector: '[role="menu"]' }, () => button(/Lainnya/).click())
    await page.keyboard.press('Escape')
    await over.waitFor({ state: 'detached' })
    const tabs = page.getByRole('tab')
    await measure('tab', { selector: '[role="tab"]:nth-child(2)[aria-selected="true"]' }, () => tabs.nth(1).click())
    await tabs.nth(0).click()
    if (round % 3 === 2) {
      await measure('no-show', dialog, () => button(/Tidak Hadir/).click())
      await measure('confirm', nobody, () => page.getByRole('button', { name: /Ya, tidak hadir/ }).click())
    } else {
      await pressGuarded('start', button(/Mulai Layani/), serving)
      await measure('search', dialog, () => button(/Alihkan/).click())
      const field = page.getByRole('combobox')
      await field.fill('kt')
      await measure('search', { selector: '[role="option"]:first-child', words: 'KTP' }, () => field.press('p'))
      await page.keyboard.press('Escape')
      await over.waitFor({ state: 'detached' })
      await pressGuarded('complete', button(/Selesai/), dialog)
      await measure('confirm', nobody, () => page.getByRole('button', { name: /Layanan diberikan/ }).click())
    }
    await over.waitFor({ state: 'detached' })
  }
  const floor = await emptyPage(browser, rounds)
  const all = Object.values(times).flat()
  const peer = (share: number) => ({ name: 'a word on an empty page', value: quantile(floor, share) })
  return [
    figure('desk.act.p50', 'ms', median(all), all.length, peer(0.5)),
    figure('desk.act.p99', 'ms', quantile(all, 0.99), all.length, peer(0.99)),
    ...Object.entries(times).map(([name, list]) => figure(`desk.${name}.p50`, 'ms', median(list), list.length)),
  ]
}

/** What a press to a painted word costs this browser at least. */
async function emptyPage(browser: Browser, rounds: number): Promise<number[]> {
  const page = await browser.newPage({ viewport: SIZE })
  await page.setContent('<button onclick="this.textContent = Number(this.textContent) + 1">0</button>')
  await installWatch(page)
  const times: number[] = []
  for (let n = 1; n <= rounds; n += 1) {
    times.push(await painted(page, { selector: 'button', words: String(n) }, () => page.locator('button').click()))
  }
  await page.close()
  return times
}

/** The wheel down the whole list and back: how many rows are there at once, and the longest task meanwhile. */
async function scrolling(page: Page, waiting: number): Promise<Figure[]> {
  const list = page.getByRole('tabpanel').getByRole('list')
  const box = await list.boundingBox()
  if (!box) throw new Error('no list to scroll')
  await page.evaluate(() => {
    const tasks: number[] = []
    new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) tasks.push(duration)
    }).observe({ type: 'longtask' })
    Object.assign(window, { longTasks: tasks })
  })
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  let rows = 0
  for (const step of [...Array<number>(60).fill(600), ...Array<number>(60).fill(-600)]) {
    await page.mouse.wheel(0, step)
    rows = Math.max(rows, await list.locator('[aria-posinset]').count())
  }
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)
  return [
    figure('desk.rows', 'rows', rows, waiting),
    // The browser tells of tasks above 50 ms only.
    figure('desk.scroll.longest', 'ms', Math.max(0, ...tasks), 120),
  ]
}

/** From asking for the page at a host that is ready, its officer signed in, to the painted big button. */
async function coming(page: Page, browser: Browser, reloads: number): Promise<Figure[]> {
  const times: number[] = []
  for (let n = 0; n < reloads; n += 1) {
    await page.reload({ waitUntil: 'commit' })
    times.push(await paintedFromStart(page, '[aria-keyshortcuts="F2"]'))
  }
  const empty = await browser.newPage({ viewport: SIZE })
  const floor: number[] = []
  for (let n = 0; n < reloads; n += 1) {
    await empty.goto('data:text/html,<button>x</button>', { waitUntil: 'commit' })
    floor.push(await paintedFromStart(empty, 'button'))
  }
  await empty.close()
  const peer = { name: 'an empty page', value: median(floor) }
  return [figure('desk.interactive', 'ms', median(times), reloads, peer)]
}

function paintedFromStart(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (what) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!document.querySelector(what)) return void requestAnimationFrame(look)
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now())
          port2.postMessage(null)
        }
        requestAnimationFrame(look)
      }),
    selector,
  )
}
