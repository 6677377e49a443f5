/** Starts a mall server inside this process: the programs, the mall-in-a-laptop and the tests all begin here. */
import type { FastifyBaseLogger } from 'fastify'
import type { MallConfig } from '#contract/mall-config.ts'
import { businessDate } from '#domain/business-date.ts'
import { checkConfig } from '#server/config/check-config.ts'
import { importConfig } from '#server/config/import-config.ts'
import { allMalls, Malls } from '#server/config/malls.ts'
import type { ServerContext } from '#server/context.ts'
import { createApp } from '#server/create-app.ts'
import { loadSigningKey } from '#server/identity/sign-head.ts'
import { formatProblems, readMallConfigFile } from '#server/mall-config-file.ts'
import { takeInParked } from '#server/push/take-in-parked.ts'
import { forgetChangesBefore } from '#server/queue/changes.ts'
import { forgetNotes } from '#server/queue/notes.ts'
import { forgetPersonalTexts } from '#server/queue/personal-texts.ts'
import { StartError } from '#server/start-error.ts'
import { lockDataFolder } from '#server/store/data-lock.ts'
import { openStore } from '#server/store/open.ts'
import { reserveLog } from '#server/store/reserve-log.ts'
import type { Db } from '#server/store/schema.ts'
import type { Bell } from '#server/stream/bell.ts'
import { openBell } from '#server/stream/open-bell.ts'
import { watchOtherPrograms } from '#server/stream/watch-other-programs.ts'
import { choosePair, type TlsOptions } from '#server/tls/choose-pair.ts'

export type ServerOptions = ({ configPath: string } | { config: MallConfig }) &
  Omit<TlsOptions, 'host'> & {
    /** 0 picks a free one. */
    port: number
    /** Beyond loopback the server speaks HTTPS. */
    host?: string
    now?: () => number
    recallMs?: number | undefined
    logLevel?: string
  }

export type RunningServer = {
  url: string
  port: number
  /** SHA-256 of the certificate in hex, for enrolment codes; null without HTTPS. */
  fingerprint: string | null
  db: Db
  close(): Promise<void>
}

const HOUSEKEEPING_MS = 3_600_000
const DAY_MS = 24 * 3_600_000

/** Throws StartError. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, database, port, host = '127.0.0.1', now = Date.now, recallMs, logLevel = 'warn' } = options
  const config = readConfig(options)
  const db = await openStore(database ?? dataDir)
  let unlock = () => {}
  let bell: Bell | undefined
  try {
    // PostgreSQL's own locks keep several servers apart.
    if (!database) unlock = lockDataFolder(dataDir)
    const pair = await choosePair({ ...options, host })
    await importConfig(db, config, now())
    await beginFirstIncarnation(db, now())
    const signingKey = await loadSigningKey(db)
    bell = await openBell(database)
    const server: ServerContext = { db, malls: new Malls(db), bell, signingKey, now, recallMs }
    await takeInParked(server)
    const app = await createApp(server, logLevel, pair)
    if (!database) {
      // Without it the server is slower for a while, and no less right.
      await reserveLog(db, dataDir).catch((error: unknown) =>
        app.log.warn(error, 'the log could not be given its length'),
      )
    }
    const stopHousekeeping = await keepHouse(server, app.log)
    // Programs on PostgreSQL notify by themselves.
    const stopWatching = database ? () => {} : await watchOtherPrograms(db, server.bell)
    const url = await app.listen({ port, host }).catch((error: unknown) => {
      stopHousekeeping()
      stopWatching()
      throw asListenError(error, host, port)
    })
    return {
      url,
      port: portOf(new URL(url)),
      fingerprint: pair?.fingerprint ?? null,
      db,
      close: async () => {
        stopHousekeeping()
        stopWatching()
        await app.close()
        await bell?.close()
        await db.destroy()
        unlock()
      },
    }
  } catch (error) {
    await bell?.close()
    await db.destroy()
    unlock()
    throw error
  }
}

function readConfig(options: ServerOptions): MallConfig {
  if ('config' in options) {
    const check = checkConfig(options.config)
    if (check.ok) return check.config
    throw configError(check.problems.map(({ path, rule, message }) => `${path} ${rule} ${message}`).join('\n'))
  }
  const file = readMallConfigFile(options.configPath)
  if (file.ok) return file.config
  throw configError(formatProblems(options.configPath, file.problems))
}

function configError(problems: string): StartError {
  return new StartError('CONFIG_WRONG', `Konfigurasi mal belum benar:\n${problems}`)
}

/** 1 from the first start on; a restore from a backup begins the next. */
async function beginFirstIncarnation(db: Db, now: number): Promise<void> {
  const begun = await db
    .insertInto('server_state')
    .values({ id: 1, incarnation: 1, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (begun) await db.insertInto('incarnation').values({ n: 1, began_at: now }).execute()
}

/** Now and every hour. Yesterday stays: entries called before midnight are finished after it. */
async function keepHouse({ db, now }: ServerContext, log: FastifyBaseLogger): Promise<() => void> {
  const tidy = async () => {
    for (const { mallId, mall } of await allMalls(db)) {
      await forgetChangesBefore(db, mallId, businessDate(now() - DAY_MS, mall.timeZone))
      await forgetNotes(db, { mallId, mall, now })
      await forgetPersonalTexts(db, { mallId, mall, now })
    }
  }
  await tidy()
  const timer = setInterval(() => {
    tidy().catch((error: unknown) => log.error(error, 'old changes and texts were not removed'))
  }, HOUSEKEEPING_MS)
  return () => clearInterval(timer)
}

/** A URL does not say its protocol's own port. */
function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

function asListenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE') {
    return new StartError('PORT_IN_USE', `Port ${port} di ${host} sudah dipakai program lain. Pilih --port lain.`)
  }
  if (code === 'EACCES') {
    return new StartError('PORT_NOT_ALLOWED', `Port ${port} memerlukan hak khusus. Pilih --port di atas 1024.`)
  }
  return error
}
