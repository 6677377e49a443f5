/** The whole mall as real processes: one server, four workstations, the journal; and the folders they leave behind. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEnrolmentCode } from '#server/enrolment.ts'
import { openStore } from '#server/store/open.ts'
import { CRASH_MALL, PLACES, type Place } from '#tests/crash/crash-mall.ts'
import { type Desk, openDesk, reopenDesk } from '#tests/crash/desk.ts'
import { type Journal, openJournal } from '#tests/crash/journal.ts'
import { makePrograms } from '#tests/crash/programs.ts'
import { within } from '#tests/crash/signal.ts'
import { startVictim, type Victim } from '#tests/crash/victim.ts'

export type World = {
  folder: string
  journal: Journal
  server: Victim
  desks: readonly Desk[]
  /** Pushes that the server acknowledged since it was last started. */
  serverAnswers(): number
  /** Everything once more, left alone until the server has everything, and ended in order. Returns what did not settle. */
  settle(): Promise<string[]>
  /** Ends every process that is left and removes the folders, unless they are worth a look. */
  close(keepFolder: boolean): Promise<void>
}

const START_MS = 30_000
const SETTLE_MS = 60_000

export const serverFolder = (folder: string) => join(folder, 'server')
export const deskFolder = (folder: string, { name }: Place) => join(folder, name)

/** Not in memory: what is killed here writes to the disk that a mall has. */
export async function openWorld(base: string = tmpdir()): Promise<World> {
  const folder = mkdtempSync(join(base, 'loket-crash-'))
  const ends: (() => Promise<unknown>)[] = []
  const close = async (keepFolder: boolean) => {
    for (const end of ends.toReversed()) await end()
    if (!keepFolder) rmSync(folder, { recursive: true, force: true })
  }
  try {
    return await build(folder, ends, close)
  } catch (error) {
    await close(false)
    throw error
  }
}

async function build(folder: string, ends: (() => Promise<unknown>)[], close: World['close']): Promise<World> {
  const code = join(folder, 'code')
  mkdirSync(code)
  const programs = await makePrograms(code)
  const configPath = join(folder, 'mall.json')
  writeFileSync(configPath, JSON.stringify(CRASH_MALL))
  const dataDir = serverFolder(folder)
  const port = await freePort()
  const startServer = () => startVictim((log) => programs.forkServer({ configPath, dataDir, port, log }))
  const journal = await openJournal(join(folder, 'journal.jsonl'))
  ends.push(journal.close)
  const server = startServer()
  ends.push(server.stop)
  let acknowledged = { start: 0, count: 0 }
  const onAcknowledged = () => {
    const start = server.starts()
    acknowledged = { start, count: acknowledged.start === start ? acknowledged.count + 1 : 1 }
  }
  if (!(await within(START_MS, server.isReady))) throw new Error(`no server: ${server.ownDeaths().join('; ')}`)
  const optionsOf = (place: Place) => ({
    ...{ place, dataDir: deskFolder(folder, place), serverPort: port, programs, journal, onAcknowledged },
  })
  const desks: Desk[] = []
  for (const place of PLACES) {
    const desk = await openDesk(optionsOf(place))
    ends.push(desk.wire.close, desk.stop)
    desks.push(desk)
  }
  const codes = await enrolmentCodes(dataDir)
  await Promise.all(desks.map((desk, index) => beginDay(desk, codes[index] ?? '')))

  async function settle(): Promise<string[]> {
    await Promise.all([...desks.map((desk) => desk.stop()), server.stop()])
    const calmServer = startServer()
    ends.push(calmServer.stop)
    const calm = desks.map((desk) => {
      const again = reopenDesk(optionsOf(desk.place), desk)
      ends.push(again.stop)
      return again
    })
    await within(SETTLE_MS, () => calm.every(isSettled))
    const unsettled = calm.filter((desk) => !isSettled(desk))
    const problems = unsettled.map((desk) => `${desk.place.name}: ${JSON.stringify(desk.snapshot()?.connection)}`)
    const storeProblems = calm.flatMap((desk) => desk.snapshot()?.storeProblem ?? [])
    await Promise.all(calm.map((desk) => desk.stop()))
    await calmServer.stop()
    const deaths = [server, calmServer, ...[...desks, ...calm].map(({ victim }) => victim)].flatMap((one) =>
      one.ownDeaths(),
    )
    return [...problems, ...storeProblems, ...deaths]
  }

  return {
    folder,
    journal,
    server,
    desks,
    serverAnswers: () => (acknowledged.start === server.starts() ? acknowledged.count : 0),
    settle,
    close,
  }
}

function isSettled(desk: Desk): boolean {
  const connection = desk.snapshot()?.connection
  return connection?.state === 'online' && connection.unsent === 0
}

/** As the enrolment program makes them, beside the running server. */
async function enrolmentCodes(dataDir: string): Promise<string[]> {
  const db = await openStore(dataDir, { mustExist: true })
  const codes: string[] = []
  for (const { role } of PLACES) codes.push(await createEnrolmentCode(db, role))
  await db.destroy()
  return codes
}

async function beginDay(desk: Desk, code: string): Promise<void> {
  const { client, place, wire } = desk
  const done = async (what: string, result: Promise<{ ok: boolean; code?: string }>) => {
    const settled = await result
    if (!settled.ok) throw new Error(`${place.name}: ${what}: ${settled.code}`)
  }
  await done('enrol', client.invoke('setup.enrol', { serverUrl: wire.url, code, deviceName: place.name }))
  await done('sign in', client.invoke('session.signIn', { officerId: place.officerId, pin: place.pin }))
  await within(START_MS, () => desk.snapshot()?.connection.state === 'online')
  if (place.role.kind === 'counter') await done('open', desk.command('counter.open', {}))
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
