/** npm start: the mall in one laptop, in an Electron window where that is possible and in a browser everywhere else. */
import { join } from 'node:path'
import { buildStale } from '#scripts/build-stale.ts'
import { ROOT } from '#scripts/root.ts'
import { HELP, readArguments } from '#scripts/start/arguments.ts'
import { type BrowserDesk, startInBrowser } from '#scripts/start/browser.ts'
import { type Decision, decideSurface } from '#scripts/start/decision.ts'
import { onEnd } from '#scripts/start/ending.ts'
import { canDownload, findRuntime, type Runtime } from '#scripts/start/runtime.ts'
import { installRuntime, startInWindow } from '#scripts/start/window.ts'

const DOWNLOAD_PROBE_MS = 3_000
const dataDir = process.env.LOKET_DATA_DIR ?? join(ROOT, '.loket')

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2))
  if (!args.ok) {
    console.error(`${args.message}\n\n${HELP}`)
    process.exit(2)
  }
  if (args.help) {
    console.log(HELP)
    return
  }
  const runtime = await chooseRuntime(args.browser)
  if (runtime && (await runInWindow(runtime))) return
  await runInBrowser(args.port)
}

/** Null means browser. Whatever is decided is said in one line. */
async function chooseRuntime(browserWanted: boolean): Promise<Runtime | null> {
  const { env, platform } = process
  const decision: Decision = await decideSurface({
    browserWanted,
    platform,
    env,
    findRuntime: () => findRuntime(env, platform),
    canDownload: () => canDownload(env, DOWNLOAD_PROBE_MS),
  })
  if (decision.surface === 'browser') {
    console.log(`Tampil di browser: ${decision.why}.`)
    return null
  }
  console.log(`Tampil di jendela: ${decision.why}.`)
  if (decision.surface === 'window') return decision.runtime
  const fetched = installRuntime() ? findRuntime(env, platform) : null
  if (!fetched) console.log('Tampil di browser: unduhan Electron gagal.')
  return fetched
}

/** False when Electron failed before there was a window. */
async function runInWindow(runtime: Runtime): Promise<boolean> {
  await buildStale(['renderer', 'preload', 'main', 'host'], console.log)
  const desk = startInWindow(runtime, dataDir)
  let asked = false
  onEnd(() => {
    asked = true
    return desk.stop()
  })
  const shown = await desk.shown
  const exitCode = await desk.ended
  // In order and without a window: it was told to end, or another one is running and came to the front.
  if (shown || exitCode === 0 || asked) {
    process.exitCode = exitCode
    return true
  }
  console.log('Tampil di browser: Electron berhenti sebelum jendelanya tampil.')
  return false
}

async function runInBrowser(port: number | null): Promise<void> {
  await buildStale(['renderer', 'host'], console.log)
  let desk: BrowserDesk | null = null
  // Before anything is started; what a half started desk leaves ends with this process.
  onEnd(() => Promise.resolve(desk?.stop()).then(() => process.exit(0)))
  desk = await startInBrowser({
    dataDir,
    port,
    onUrl: (url) => console.log(`Buka di browser komputer ini (berlaku satu kali): ${url}`),
  })
  console.log(`Berhenti: Ctrl-C. Log: ${desk.logPath}`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
