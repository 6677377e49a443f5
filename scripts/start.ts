/** npm start: the mall in one laptop, in an Electron window where that is possible and in a browser everywhere else. */
import { join } from 'node:path'
import { buildParts } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'
import { HELP, readArguments } from '#scripts/start/arguments.ts'
import { startInBrowser } from '#scripts/start/browser.ts'
import { type Decision, decideSurface } from '#scripts/start/decision.ts'
import { onEnd } from '#scripts/start/ending.ts'
import { canDownload, findRuntime, type Runtime } from '#scripts/start/runtime.ts'
import { staleParts } from '#scripts/start/stale-parts.ts'
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

/** False when no window came up. */
async function runInWindow(runtime: Runtime): Promise<boolean> {
  await buildStale(['renderer', 'preload', 'main', 'host'])
  const desk = startInWindow(runtime, dataDir)
  onEnd(() => desk.stop())
  if (!(await desk.shown)) {
    console.log('Tampil di browser: Electron berhenti sebelum jendelanya tampil.')
    return false
  }
  process.exitCode = await desk.ended
  return true
}

async function runInBrowser(port: number | null): Promise<void> {
  await buildStale(['renderer', 'host'])
  const desk = await startInBrowser({
    dataDir,
    port,
    onUrl: (url) => console.log(`Buka di browser komputer ini (berlaku satu kali): ${url}`),
  })
  onEnd(() => desk.stop().then(() => process.exit(0)))
  console.log(`Berhenti: Ctrl-C. Log: ${desk.logPath}`)
}

async function buildStale(names: readonly string[]): Promise<void> {
  const stale = staleParts(names)
  if (stale.length === 0) return
  console.log(`Menyiapkan ${stale.map((part) => part.name).join(', ')} ...`)
  await buildParts(stale)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
