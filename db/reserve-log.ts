/**
 * Gives the write-ahead log the length that it will need, once for as long as the store is open: a commit that overwrites a file
 * waits for the disk about half as long as one that makes it longer.
 */
import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { asStoreError } from '#db/store-error.ts'

/** Bytes: a quarter of what the log may have before a commit itself checkpoints; every pause of the desk begins it anew. */
const LENGTH = 4_096_000
/** With so few pages in memory the others go to the log before their transaction ends. */
const CACHE_PAGES = 10
/** These stay in memory and do not count. */
const SURPLUS = 100_000

/**
 * Changes nothing that is stored. False when the log is as long already. Throws StoreError when the disk has no room; then what
 * it took of it is given back. Outside of a transaction only.
 */
export function reserveLog(db: Database.Database, file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  if (log && log.size >= LENGTH) return false
  const cache = db.pragma('cache_size', { simple: true })
  db.pragma(`cache_size = ${CACHE_PAGES}`)
  try {
    writeAndTakeBack(db)
    return true
  } catch (error) {
    db.pragma('wal_checkpoint(TRUNCATE)')
    throw asStoreError(error)
  } finally {
    db.pragma(`cache_size = ${cache}`)
  }
}

/** What is in the log when all is taken back leaves its length behind. */
function writeAndTakeBack(db: Database.Database): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec('CREATE TABLE reserve (pages BLOB)')
    db.exec(`INSERT INTO reserve VALUES (zeroblob(${LENGTH + SURPLUS}))`)
  } finally {
    // A full disk may have taken it back already.
    if (db.inTransaction) db.exec('ROLLBACK')
  }
}
