/**
 * The technician's tools write into the SQLite file of a running server. Its streams must hear of it: SQLite counts what other
 * connections commit, and asking for that number reads one page that is in memory.
 */
import { sql } from 'kysely'
import type { Db } from '#server/store/schema.ts'
import type { Bell } from '#server/stream/bell.ts'

const EVERY_MS = 500

/** Returns how to stop. */
export async function watchOtherPrograms(db: Db, bell: Bell): Promise<() => void> {
  let seen = await dataVersion(db)
  const timer = setInterval(async () => {
    // A failure shows wherever the database is really needed; here the next try is soon enough.
    const version = await dataVersion(db).catch(() => seen)
    if (version === seen) return
    seen = version
    bell.ringAll()
  }, EVERY_MS)
  return () => clearInterval(timer)
}

async function dataVersion(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db)
  return rows[0]?.data_version
}
