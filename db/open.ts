/** Opens the workstation's store: checks whose file it is, locks it for one host, migrates it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { MIGRATIONS, type Migration } from '#db/migrations/index.ts'
import { reserveLog } from '#db/reserve-log.ts'
import { asStoreError, StoreError } from '#db/store-error.ts'

/** "Lokt" in ASCII: marks the file as ours, so that a foreign database is never touched. */
const APPLICATION_ID = 0x4c6f6b74

export const STORE_FILE = 'loket.db'

/** Pages of 4 KiB after which a commit itself checkpoints; normally idle time has done it before. */
const LOG_PAGES = 4_000

export type Store = {
  db: Database.Database
  file: string
  /** Runs `work` in one immediate transaction. Throws StoreError when the disk refuses; then nothing was written. */
  transaction<T>(work: () => T): T
  /**
   * The same for what the server tells again when a power cut takes it: the commit is whole, but waits for no disk. The next
   * `transaction` that writes takes it along to the disk, and so does a checkpoint. Should `work` need the disk after all (`mustLast`), it
   * has it when this returns; when the disk refuses only then, the work is done and yet this throws.
   */
  takeTold<T>(work: () => T): T
  /** Inside `work`: what is written here nobody would tell again. */
  mustLast(): void
  /** Makes commits shorter from here on (see reserve-log.ts); call it when the desk is idle. Throws StoreError. */
  reserveLog(): void
  /** Moves the log into the database file; call it when the desk is idle. Never throws for a busy reader. */
  checkpoint(): void
  close(): void
}

/** Opens `folder`/loket.db, creating both. Throws StoreError. */
export function openStore(folder: string, migrations: readonly Migration[] = MIGRATIONS): Store {
  const opened: Database.Database[] = []
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    opened.push(lock(folder))
    const file = join(folder, STORE_FILE)
    const db = new Database(file, { timeout: 2_000 })
    opened.push(db)
    checkOwner(db, file)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // Personal text that is purged is overwritten, not only unlinked.
    db.pragma('secure_delete = ON')
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -8000')
    db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
    migrate(db, migrations)
    return storeOf(db, file, () => {
      for (const one of opened.reverse()) one.close()
    })
  } catch (error) {
    for (const one of opened.reverse()) one.close()
    throw asStoreError(error)
  }
}

/** Opens a store file for reading only, whoever else has it open; it must be of this program's version. Throws StoreError. */
export function openForReading(file: string): Store {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2_000 })
    try {
      const id = db.pragma('application_id', { simple: true })
      if (id !== APPLICATION_ID) throw new StoreError('STORE_FOREIGN', `${file} is not a Loket store`)
      const version = db.pragma('user_version', { simple: true }) as number
      const known = MIGRATIONS.at(-1)?.version ?? 0
      if (version !== known) {
        throw new StoreError('STORE_NEWER', `the store has version ${version}, this program reads ${known}`)
      }
      return storeOf(db, file, () => db.close())
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw asStoreError(error)
  }
}

/**
 * One host per store. The lock is an open exclusive transaction on a file beside the store: the operating system drops it
 * when the process dies, however it dies.
 */
function lock(folder: string): Database.Database {
  const db = new Database(join(folder, 'host.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    throw asStoreError(error)
  }
}

function checkOwner(db: Database.Database, file: string): void {
  const id = db.pragma('application_id', { simple: true })
  const isEmpty = db.prepare('SELECT count(*) AS n FROM sqlite_schema').pluck().get() === 0
  if (isEmpty && id === 0) db.pragma(`application_id = ${APPLICATION_ID}`)
  else if (id !== APPLICATION_ID) throw new StoreError('STORE_FOREIGN', `${file} is not a Loket store`)
  const check = db.pragma('quick_check(1)', { simple: true })
  if (check !== 'ok') throw new StoreError('STORE_BROKEN', `${file}: ${String(check)}`)
}

/** Applies what is missing, each migration in its own transaction. */
function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0
  const current = db.pragma('user_version', { simple: true }) as number
  if (current > newest) {
    throw new StoreError('STORE_NEWER', `the store has version ${current}, this program knows ${newest}`)
  }
  for (const migration of migrations) {
    if (migration.version <= current) continue
    db.transaction(() => {
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.version}`)
    }).immediate()
  }
}

function storeOf(db: Database.Database, file: string, close: () => void): Store {
  // Made once: wrapping a function anew for every command costs more than some of the commands.
  const run = db.transaction((work: () => unknown) => work())
  let hasToLast = false

  function transaction<T>(work: () => T): T {
    try {
      return run.immediate(work) as T
    } catch (error) {
      throw asStoreError(error)
    }
  }

  function withoutWaiting<T>(work: () => T): T {
    db.pragma('synchronous = NORMAL')
    try {
      return work()
    } finally {
      db.pragma('synchronous = FULL')
    }
  }

  /** Any commit takes along to the disk all that were made before it; this one writes the same version once more. */
  function waitForDisk(): void {
    transaction(() => db.pragma(`user_version = ${db.pragma('user_version', { simple: true })}`))
  }

  return {
    db,
    file,
    transaction,
    takeTold(work) {
      // How safe a commit is, is settled before its transaction begins.
      if (db.inTransaction) return transaction(work)
      hasToLast = false
      const result = withoutWaiting(() => transaction(work))
      if (hasToLast) waitForDisk()
      return result
    },
    mustLast() {
      hasToLast = true
    },
    reserveLog() {
      if (reserveLog(db, file)) waitForDisk()
    },
    checkpoint() {
      db.pragma('wal_checkpoint(PASSIVE)')
    },
    close,
  }
}
