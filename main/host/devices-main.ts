/**
 * npm run devices -- list | test-led | test-print | sniff: devices without a window; in the packaged program the same by
 * `Loket --devices list`. Exit code 0: it worked, 1: the device did not do it, 2: not understood.
 */
import { runDevices } from '#main/host/set-up/command-line/run-devices.ts'

/** What a utility process of Electron says to the program that started it: there it has no terminal of its own. */
type DevicesMessage = { line: string } | { code: number }

const { parentPort } = process as unknown as { parentPort?: { postMessage(message: DevicesMessage): void } }

/** Where the shell keeps the workstation's data; --data names another folder. */
const dataDir = process.env.LOKET_DESK_DIR ?? null
const end = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort())

const code = await runDevices(process.argv.slice(2), dataDir, {
  out: (line) => void (parentPort ? parentPort.postMessage({ line }) : process.stdout.write(`${line}\n`)),
  signal: end.signal,
})
if (parentPort) parentPort.postMessage({ code })
// What was said has to be out before.
else process.stdout.write('', () => process.exit(code))
