/** What every browser test needs: one browser per file, a fake host and a page per test, and an eye on its console. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchChromium } from '#tests/renderer/browser.ts'
import { builtRenderer } from '#tests/renderer/built-renderer.ts'
import { type FakeHost, startFakeHost } from '#tests/renderer/fake-host.ts'
import { catalogue, counterSnapshot, emptyPanel, running } from '#tests/renderer/sample-screens.ts'

type Topics = Parameters<typeof startFakeHost>[0]
export type Shown = { host: FakeHost; page: Page }

type Suite = {
  launch?: () => Promise<Browser>
  build?: Parameters<typeof builtRenderer>[0]
  /** Runs in every page before its own scripts. */
  initScript?: () => void
}

/** Call once in a test file; gives the function that shows a screen. */
export function screenSuite({ launch = launchChromium, build = 'product', initScript }: Suite = {}) {
  let browser: Browser
  const open: Shown[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await launch()
  })
  afterEach(async () => {
    for (const { host, page } of open.splice(0)) {
      await page.context().close()
      await host.close()
    }
    // Errors and warnings include broken security policy and messages that a catalogue does not have.
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(() => browser.close())

  /** `query` is added to the page's address. */
  const show = async (
    topics: Partial<Topics> = {},
    context: BrowserContextOptions = {},
    { prepare, query = '' }: { prepare?: ((host: FakeHost) => void) | undefined; query?: string } = {},
  ): Promise<Shown> => {
    const first = {
      desk: counterSnapshot(),
      catalogue,
      shell: running,
      panel: emptyPanel,
      announcement: null,
      shortcuts: null,
      ...topics,
    }
    const host = await startFakeHost(first, builtRenderer(build))
    prepare?.(host)
    const window = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...context })
    if (initScript) await window.addInitScript(initScript)
    const page = await window.newPage()
    page.setDefaultTimeout(10_000)
    // Fetching and compiling a whole page takes longest of all where other programs are being started.
    page.setDefaultNavigationTimeout(25_000)
    page.on('console', (message) => {
      // A broken connection is what some tests are about; the browser reports each attempt.
      if (/WebSocket connection/.test(message.text())) return
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    open.push({ host, page })
    await page.goto(host.url + query)
    await page.locator('main').waitFor()
    const past = first.desk ? 'html[data-screen]:not([data-screen="starting"])' : 'html[data-screen]'
    await page.locator(past).waitFor({ state: 'attached' })
    await page.evaluate(settled)
    return { host, page }
  }
  /** For a test that provokes one: takes what was complained about so far off the list. */
  return Object.assign(show, { takeComplaints: () => complaints.splice(0) })
}

/** Runs in the page: two frames and what they put off, until keys are listened to and the first button has the focus. */
async function settled(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)))
  }
}
