/** `Loket --devices list ...`: the technician's command line of the packaged program; no window, no host. */
import { join } from 'node:path'
import { app, utilityProcess } from 'electron'

const SWITCH = '--devices'

/** As main/host/devices-main.ts says it. */
type DevicesMessage = { line: string } | { code: number }

/** The words behind the switch, or null when this is a usual start. */
export function devicesWords(argv: readonly string[]): string[] | null {
  const at = argv.indexOf(SWITCH)
  return at < 0 ? null : argv.slice(at + 1)
}

/** Runs it and ends this program with its exit code. What it says goes to this program's standard output. */
export async function runDevicesCommand(entry: string, words: readonly string[], dataDir: string): Promise<void> {
  await app.whenReady()
  const child = utilityProcess.fork(entry, [...words], {
    serviceName: 'loket-devices',
    env: { ...process.env, LOKET_DESK_DIR: join(dataDir, 'desk') },
    stdio: 'inherit',
  })
  // Whoever reads has gone away, as with `| head`: there is nobody left to tell.
  process.stdout.on('error', () => app.exit(1))
  app.on('before-quit', () => child.kill())
  child.on('message', (message: DevicesMessage) => {
    if ('line' in message) process.stdout.write(`${message.line}\n`)
    else process.stdout.write('', () => app.exit(message.code))
  })
  // Without a last message it has crashed.
  child.once('exit', (code) => app.exit(code || 1))
}
