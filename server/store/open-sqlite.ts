/** Opens the mall server's SQLite file, or says in one line why it cannot. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StartError } from '#server/start-error.ts'
import { cacheStatements } from '#server/store/cached-statements.ts'
import { Db } from '#server/store/db.ts'
import { groupCommit } from '#server/store/group-commit.ts'
import { migrate } from '#server/store/migrate.ts'
import type { OpenOptions } from '#server/store/open.ts'
import { ServerSqliteDialect } from '#server/store/sqlite-dialect.ts'
import { watchWrites } from '#server/store/write-watch.ts'

export const DATABASE_FILE = 'mall.db'

/** "LkSv": marks the file as ours, so that a foreign database is never migrated by accident. */
export const APPLICATION_ID = 0x4c6b5376

/** After so many pages of 4 KiB the log is copied into the file: 16 MB. */
export const LOG_PAGES = 4_000

export async function openSqlite(dataDir: string, options: OpenOptions): Promise<Db> {
  const file = join(dataDir, DATABASE_FILE)
  if (options.mustExist && !existsSync(file)) {
    throw new StartError('DATABASE_MISSING', `Belum ada basis data server di ${dataDir}. Jalankan servernya dulu.`)
  }
  let database: Database.Database | undefined
  try {
    mkdirSync(dataDir, { recursive: true })
    database = new Database(file)
    prepareDatabase(database, file)
    const writes = watchWrites(database)
    const db = new Db(new ServerSqliteDialect(cacheStatements(database, writes), writes), groupCommit)
    await migrate(db, file)
    protectFacts(database)
    return db
  } catch (error) {
    database?.close()
    throw asStartError(error, dataDir, file)
  }
}

function prepareDatabase(database: Database.Database, file: string): void {
  database.pragma('busy_timeout = 5000')
  const isNew = database.pragma('page_count', { simple: true }) === 0
  if (!isNew && database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new StartError('DATABASE_FOREIGN', `${file} bukan basis data server Loket. Pakai folder --data lain.`)
  }
  const check = database.pragma('quick_check(1)', { simple: true })
  if (check !== 'ok') throw databaseBroken(file, String(check))
  // First of all, so that a crash right here never leaves a file that looks foreign.
  if (isNew) database.pragma(`application_id = ${APPLICATION_ID}`)
  database.pragma('journal_mode = WAL')
  // A confirmed call survives a power cut.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // Personal text that is purged is overwritten, not only unlinked.
  database.pragma('secure_delete = ON')
  // Pages that many requests write to are copied into the file once for all of them.
  database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  // A day of a mall in memory; what SQLite takes by itself holds an hour.
  database.pragma('cache_size = -65536')
}

/** Triggers are written differently by every database, so they stand apart from the portable migrations. */
function protectFacts(database: Database.Database): void {
  for (const act of ['update', 'delete']) {
    database.exec(
      `create trigger if not exists event_never_${act} before ${act} on event
       begin select raise(abort, 'events are never changed or deleted'); end`,
    )
  }
}

function databaseBroken(file: string, detail: string): StartError {
  return new StartError('DATABASE_BROKEN', `${file} rusak (${detail}). Pulihkan dari cadangan; jangan hapus berkasnya.`)
}

const UNWRITABLE = /^(EACCES|EPERM|EROFS|SQLITE_READONLY.*|SQLITE_CANTOPEN.*|SQLITE_PERM)$/
const BROKEN = /^(SQLITE_NOTADB|SQLITE_CORRUPT.*)$/

function asStartError(error: unknown, dataDir: string, file: string): unknown {
  if (error instanceof StartError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (UNWRITABLE.test(code)) {
    return new StartError('DATA_READ_ONLY', `Folder data ${dataDir} tidak dapat ditulisi (${code}). Periksa izinnya.`)
  }
  if (BROKEN.test(code)) return databaseBroken(file, code)
  if (code === '') return error
  return new StartError('DATA_UNUSABLE', `Folder data ${dataDir} tidak dapat dipakai (${code}). Periksa medianya.`)
}
