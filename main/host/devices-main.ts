/**
 * npm run devices -- list | test-led | test-print | sniff: devices without a window; in the packaged program the same by
 * `Loket --devices list`. Exit code 0: it worked, 1: the device did not do it, 2: not understood.
 */
import { runDevices } from '#main/host/set-up/command-line/run-devices.ts'

/** Where the shell keeps the workstation's data; --data names another folder. */
const dataDir = process.env.LOKET_DESK_DIR ?? null
const end = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort())

const code = await runDevices(process.argv.slice(2), dataDir, {
  out: (line) => void process.stdout.write(`${line}\n`),
  signal: end.signal,
})
// A utility process of Electron does not end by itself; what was said has to be out before.
process.stdout.write('', () => process.exit(code))
