/** npm run screenshots: the pictures of the README and the guides, taken from the mall in one laptop as a morning is played on it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { buildStale } from '#scripts/build-stale.ts'
import { setMorningClock } from '#scripts/screenshots/morning-clock.ts'
import { playMorning } from '#scripts/screenshots/play-morning.ts'
import { startInBrowser } from '#scripts/start/browser.ts'

const SIZE = { width: 1366, height: 768 }

async function main(): Promise<void> {
  await buildStale(['renderer', 'host'], console.log)
  const clock = setMorningClock()
  const dataDir = await mkdtemp(join(tmpdir(), 'loket-gambar-'))
  let url = ''
  const mall = await startInBrowser({ dataDir, port: null, onUrl: (address) => (url = address) })
  const browser = await chromium.launch({
    executablePath: process.env.LOKET_CHROMIUM ?? '/usr/bin/chromium',
    // No sandbox, because CI runs as root.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--hide-scrollbars', '--lang=id-ID'],
  })
  try {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light', locale: 'id-ID' })
    context.setDefaultTimeout(20_000)
    await playMorning({ context, url, clock, dataDir })
  } finally {
    await browser.close()
    await mall.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
