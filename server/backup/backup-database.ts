/** A backup of a SQLite database that may be in use: one consistent moment of it, proven readable before it gets its name. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { checkDatabaseFile } from '#server/backup/check-database-file.ts'
import { StartError } from '#server/start-error.ts'
import { DATABASE_FILE } from '#server/store/open.ts'

/** Throws StartError. */
export function backupDatabase(dataDir: string, out: string): void {
  const source = join(dataDir, DATABASE_FILE)
  if (!existsSync(source)) {
    throw new StartError('DATABASE_MISSING', `Belum ada basis data server di ${dataDir}. Periksa --data.`)
  }
  if (existsSync(out)) throw new StartError('FILE_EXISTS', `${out} sudah ada. Pilih nama lain; cadangan tidak ditimpa.`)
  const temporary = `${out}.${process.pid}.tmp`
  try {
    copyMoment(source, temporary)
    checkDatabaseFile(temporary)
    flush(temporary)
    renameSync(temporary, out)
  } catch (error) {
    rmSync(temporary, { force: true })
    if (error instanceof StartError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'tanpa kode'
    throw new StartError(
      'FILE_NOT_WRITTEN',
      `Cadangan ${out} tidak dapat ditulis (${code}). Periksa folder dan isinya.`,
    )
  }
}

/** One read transaction, so the server goes on writing meanwhile; the copy is a single file without a log beside it. */
function copyMoment(source: string, target: string): void {
  const database = new Database(source, { fileMustExist: true, timeout: 5_000 })
  try {
    database.prepare('vacuum into ?').run(target)
  } finally {
    database.close()
  }
}

export function flush(path: string): void {
  // Opened for writing, because Windows flushes nothing else.
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
