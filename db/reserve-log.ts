/**
 * Gives the write-ahead log the length that it will need, once for as long as the store is open: a commit that overwrites a file
 * waits for the disk about half as long as one that makes it longer.
 */
import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { asStoreError } from '#db/store-error.ts'

/** 4 MB: more than a desk writes between two idle moments. */
const LENGTH = 4_096 * 1_000
/** With so few pages in memory the others go to the log before their transaction ends. */
const CACHE_PAGES = 10

/** Changes nothing that is stored. False when the log is as long already. Throws StoreError when the disk has no room. */
export function reserveLog(db: Database.Database, file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  if (log && log.size >= LENGTH) return false
  const cache = db.pragma('cache_size', { simple: true })
  db.pragma(`cache_size = ${CACHE_PAGES}`)
  try {
    db.exec('BEGIN IMMEDIATE; CREATE TABLE reserve (pages BLOB)')
    // What is in the log when all is taken back leaves its length behind.
    db.exec(`INSERT INTO reserve VALUES (zeroblob(${LENGTH + 2 * CACHE_PAGES * 4_096}))`)
    return true
  } catch (error) {
    throw asStoreError(error)
  } finally {
    // A full disk may have taken it back already.
    if (db.inTransaction) db.exec('ROLLBACK')
    db.pragma(`cache_size = ${cache}`)
  }
}
