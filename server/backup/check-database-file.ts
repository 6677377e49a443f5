import Database from 'better-sqlite3'
import { StartError } from '#server/start-error.ts'
import { APPLICATION_ID } from '#server/store/open.ts'

/** Reads the whole file: is it a database of the mall server, without a fault? Throws StartError. */
export function checkDatabaseFile(file: string): void {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true })
    if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      throw new StartError('DATABASE_FOREIGN', `${file} bukan basis data server Loket.`)
    }
    const check = database.pragma('integrity_check(1)', { simple: true })
    if (check !== 'ok') throw new StartError('DATABASE_BROKEN', `${file} rusak (${check}). Pakai cadangan yang lain.`)
  } catch (error) {
    if (error instanceof StartError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'tanpa kode'
    throw new StartError('DATABASE_BROKEN', `${file} tidak terbaca sebagai basis data (${code}).`)
  } finally {
    database?.close()
  }
}
