/**
 * Gives SQLite's write-ahead log its whole length before the first request: a commit that overwrites a file waits for the disk
 * about half as long as one that makes it longer, and the log of a new server grows until its first checkpoint.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { DATABASE_FILE, LOG_PAGES } from '#server/store/open-sqlite.ts'
import type { Db, Schema } from '#server/store/schema.ts'

/** Bytes. */
const LENGTH = LOG_PAGES * 4_096
/** With so few pages in memory the others go to the log before their transaction ends. */
const CACHE_PAGES = 10
/** Bytes: these stay in memory and do not count. */
const SURPLUS = 100_000

/**
 * Changes nothing that is stored. A log that is as long already, as a killed server leaves it, stays as it is. Throws when the disk has no room;
 * then what it took of it is given back.
 */
export async function reserveLog(db: Db, dataDir: string): Promise<void> {
  const log = statSync(join(dataDir, `${DATABASE_FILE}-wal`), { throwIfNoEntry: false })
  if (log && log.size >= LENGTH) return
  await db.connection().execute(async (one) => {
    const { rows } = await sql<{ cache_size: number }>`pragma cache_size`.execute(one)
    // What the log has so far is in the database then, and a log that is cut back takes nothing with it.
    await sql`pragma wal_checkpoint(passive)`.execute(one)
    await setCacheSize(one, CACHE_PAGES)
    try {
      await writeAndTakeBack(one)
      await waitForDisk(one)
    } catch (error) {
      await sql`pragma wal_checkpoint(truncate)`.execute(one)
      throw error
    } finally {
      for (const { cache_size } of rows) await setCacheSize(one, cache_size)
    }
  })
}

/** Now, so that the first request does not: a commit that writes the same version once more. */
async function waitForDisk(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db)
  for (const { user_version } of rows) await sql`pragma user_version = ${sql.lit(user_version)}`.execute(db)
}

async function setCacheSize(db: Kysely<Schema>, size: number): Promise<void> {
  await sql`pragma cache_size = ${sql.lit(size)}`.execute(db)
}

async function writeAndTakeBack(db: Kysely<Schema>): Promise<void> {
  await sql`begin immediate`.execute(db)
  try {
    await sql`create table reserve (pages blob)`.execute(db)
    // What is in the log when all is taken back leaves its length behind.
    await sql`insert into reserve values (zeroblob(${sql.lit(LENGTH + SURPLUS)}))`.execute(db)
  } finally {
    // A full disk may have rolled back already; what counts is the first error.
    await sql`rollback`.execute(db).catch(() => {})
  }
}
