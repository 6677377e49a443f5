/** One server per data folder: two would both deal, and each would wake only its own streams. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StartError } from '#server/start-error.ts'

/**
 * Returns the release. A lock inside an otherwise empty database is freed by the system when the process dies, however it
 * dies, so a power cut never leaves a folder locked.
 */
export function lockDataFolder(dataDir: string): () => void {
  const database = new Database(join(dataDir, 'server.lock'), { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StartError(
        'DATA_IN_USE',
        `Server lain sedang memakai folder data ${dataDir}. Hentikan dulu server itu.`,
      )
    }
    throw error
  }
  return () => database.close()
}
