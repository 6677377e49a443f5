/** npm run demo [-- --json]: plays one visit over the whole real stack and says whether all of it held. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { freePort } from '#main/node/free-port.ts'
import { readLaptopPlan } from '#main/node/laptop-plan.ts'
import { startMallServer } from '#main/node/mall-server.ts'
import { createShellLog } from '#main/shell/shell-log.ts'
import { type Books, checkBooks } from '#scripts/demo/check-books.ts'
import { type DemoDesk, startDesk } from '#scripts/demo/desk-process.ts'
import { expectEqual, type LedSeen, playLostKtp, type Step } from '#scripts/demo/lost-ktp.ts'
import { hasSocat } from '#scripts/demo/serial-cable.ts'
import { ROOT } from '#scripts/root.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const asJson = values.json
const say = (line: string) => {
  if (!asJson) console.log(line)
}

const folder = mkdtempSync(join(tmpdir(), 'loket-demo-'))
const serial = hasSocat() ? 'pty' : 'mock'
const steps: { name: string; ms: number }[] = []
const step: Step = async (name, work) => {
  const start = performance.now()
  const result = await work()
  const ms = Math.round(performance.now() - start)
  steps.push({ name, ms })
  say(`  ${String(ms).padStart(5)} ms  ${name}`)
  return result
}

say(`Demo: kunjungan KTP hilang. Papan angka lewat ${serial === 'pty' ? 'pty (socat)' : 'mock serialport'}.`)
const desks: DemoDesk[] = []
try {
  const result = await run()
  if (asJson) console.log(JSON.stringify(result))
  else report(result)
} catch (error) {
  process.exitCode = 1
  const reason = error instanceof Error ? error.message : String(error)
  if (asJson) console.log(JSON.stringify({ ok: false, serial, error: reason, steps }))
  else console.error(`GAGAL: ${reason}`)
} finally {
  await Promise.all(desks.map((desk) => desk.stop()))
  rmSync(folder, { recursive: true, force: true })
}

async function run() {
  const log = createShellLog(join(folder, 'shell.log'))
  const serverFolder = join(folder, 'server')
  const config = join(ROOT, 'config/contoh-mpp.json')
  const server = await step('Server mal berjalan dengan mal contoh', async () =>
    startMallServer({
      root: ROOT,
      nodePath: process.execPath,
      configPath: config,
      dataDir: serverFolder,
      port: await freePort(4900),
      logPath: join(folder, 'server.log'),
      log,
    }),
  )
  try {
    const { led, prints } = await visit(server, config, log)
    return judge(led, prints, await closeBooks(serverFolder))
  } finally {
    await server.stop()
  }
}

async function visit(
  server: Awaited<ReturnType<typeof startMallServer>>,
  config: string,
  log: ReturnType<typeof createShellLog>,
) {
  // Known to the end of the demo as soon as it runs, so that a desk that does not start leaves no other behind.
  const start = async (id: string, driver: DemoDesk['driver']) => {
    const desk = await startDesk({ id, driver, folder, log, logPath: join(folder, `${id}.log`) })
    desks.push(desk)
    return desk
  }
  const [front, police, dukcapil] = await step('Tiga proses host berjalan', () =>
    Promise.all([start('penerima-1', null), start('polres-1', 'cd5220'), start('disdukcapil-1', 'modbus-rtu')]),
  )
  const plan = await readLaptopPlan(config)
  const places = [...plan.screens, ...plan.spares]
  await step('Setiap meja didaftarkan dan petugas masuk dengan PIN', async () => {
    for (const desk of desks) {
      const place = places.find((one) => one.id === desk.id)
      if (!place) throw new Error(`${desk.id} is not in the sample mall`)
      const code = await server.createCode(place.role)
      await desk.invoke('setup.enrol', { serverUrl: server.url, code, deviceName: `Demo ${desk.id}` })
      const officerId = desk === front ? 'penerima-tamu-1' : `petugas-${desk.id}`
      const pin = place.pins.find((one) => one.officerId === officerId)?.pin ?? ''
      await desk.invoke('session.signIn', { officerId, pin })
      await desk.until('online', ({ connection }) => connection.state === 'online')
    }
  })
  const led = await playLostKtp({ front, police, dukcapil }, step)
  const prints = [front, police, dukcapil].flatMap((desk) => desk.paper.jobs().map(readPaper))
  return { led, prints }
}

/** Reads the paper as a printer would: a slip has a QR code, a receipt has none, both carry the number. */
function readPaper(bytes: Buffer): { kind: 'slip' | 'receipt'; base64: string } {
  const { lines, qr } = readEscPos(bytes)
  if (!lines.some(({ text }) => text.includes('P-001'))) throw new Error('a paper without the number')
  return { kind: qr.length > 0 ? 'slip' : 'receipt', base64: bytes.toString('base64') }
}

/** The hosts stop first: what is checked is what a power cut would leave. */
async function closeBooks(serverFolder: string): Promise<Books> {
  return step('Rantai kejadian dan jumlah diperiksa', async () => {
    await Promise.all(desks.map((desk) => desk.stop()))
    const folders = desks.map((desk) => desk.dataDir)
    desks.length = 0
    return checkBooks(folders, serverFolder)
  })
}

function judge(led: LedSeen[], prints: { kind: string; base64: string }[], books: Books) {
  expectEqual('displays that showed the number', led.length, 2)
  expectEqual('papers', prints.map((print) => print.kind).join(), 'slip,receipt,receipt')
  expectEqual('chains that verify', books.chains.filter((chain) => chain.ok).length, 3)
  expectEqual('acknowledged events', books.events.acked, books.events.written)
  expectEqual('events at the server', books.server.events, books.events.written)
  expectEqual('visits at the server', books.server.visits, 1)
  expectEqual('entries at the server', books.server.entries, 2)
  return { ok: true, serial, led, prints, ...books, steps }
}

function report({ led, prints, events, chains, server }: ReturnType<typeof judge>): void {
  for (const one of led) say(`  ${one.counter} (${one.driver}): ${JSON.stringify(one.shown)}  ${one.hex.slice(-64)}`)
  say(`  ${prints.length} lembar tercetak; ${events.written} kejadian ditulis, ${events.acked} diakui server`)
  for (const chain of chains) say(`  rantai ${chain.device.slice(0, 8)} utuh, ujung ${chain.head.slice(0, 16)}`)
  say(`  server: ${server.events} kejadian, ${server.visits} kunjungan, ${server.entries} antrean`)
  say('BERHASIL')
}
