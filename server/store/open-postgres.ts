/** Opens a PostgreSQL database for the mall server, or says in one line why it cannot. */

import { PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import { StartError } from '#server/start-error.ts'
import { Db } from '#server/store/db.ts'
import { lockedTransactions } from '#server/store/locked-transactions.ts'
import { migrate } from '#server/store/migrate.ts'
import type { OpenOptions } from '#server/store/open.ts'
import { checkOwnership, checkServer, protectFacts } from '#server/store/postgres-checks.ts'
import { asStartError } from '#server/store/postgres-errors.ts'
import { createPatientPool, createPool } from '#server/store/postgres-pool.ts'
import { describePostgres } from '#server/store/postgres-url.ts'

/** "LkSv". Any number will do that all our processes share. */
const SCHEMA_LOCK = 0x4c6b5376

export async function openPostgres(url: string, options: OpenOptions): Promise<Db> {
  const place = describePostgres(url)
  try {
    await prepareSchema(url, place, options)
  } catch (error) {
    throw asStartError(error, place)
  }
  return databaseOn(createPool(url))
}

function databaseOn(pool: Pool): Db {
  return new Db(new PostgresDialect({ pool }), lockedTransactions)
}

/** Several servers may start at once: one prepares, the others wait and find everything done. */
async function prepareSchema(url: string, place: string, options: OpenOptions): Promise<void> {
  const pool = createPatientPool(url)
  const db = databaseOn(pool)
  try {
    const holder = await pool.connect()
    try {
      await checkServer(holder, place)
      await holder.query('select pg_advisory_lock($1)', [SCHEMA_LOCK])
      const isNew = await checkOwnership(holder, place)
      if (isNew && options.mustExist) {
        throw new StartError('DATABASE_MISSING', `Belum ada data server di ${place}. Jalankan servernya dulu.`)
      }
      await migrate(db, place)
      await protectFacts(holder)
    } finally {
      // Closing the connection frees the lock, whatever state it is in.
      holder.release(true)
    }
  } finally {
    await db.destroy()
    if (!pool.ending) await pool.end()
  }
}
