/**
 * Puts a backup in the place of the database. The new incarnation begins in the copy before it gets its name: a power cut
 * leaves either the old database or a whole restored one, never a backup that does not know that it is one.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { flush } from '#server/backup/backup-database.ts'
import { checkDatabaseFile } from '#server/backup/check-database-file.ts'
import { beginIncarnation } from '#server/incarnation/begin-incarnation.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import { StartError } from '#server/start-error.ts'
import { lockDataFolder } from '#server/store/data-lock.ts'
import { DATABASE_FILE, openStore } from '#server/store/open.ts'

export type Restored = { incarnation: number; keptAs: string | null }

/** Throws StartError. */
export async function restoreDatabase(dataDir: string, from: string, now: number): Promise<Restored> {
  if (!existsSync(from))
    throw new StartError('BACKUP_MISSING', `${from} tidak ada. Tunjuk berkas cadangannya: --from FILE.`)
  checkDatabaseFile(from)
  mkdirSync(dataDir, { recursive: true })
  const unlock = lockDataFolder(dataDir)
  const workshop = join(dataDir, 'restore')
  try {
    rmSync(workshop, { recursive: true, force: true })
    mkdirSync(workshop)
    copyFileSync(from, join(workshop, DATABASE_FILE))
    const incarnation = await beginInCopy(workshop, await presentIncarnation(dataDir), now)
    flush(join(workshop, DATABASE_FILE))
    const keptAs = setAside(dataDir, now)
    renameSync(join(workshop, DATABASE_FILE), join(dataDir, DATABASE_FILE))
    return { incarnation, keptAs }
  } finally {
    rmSync(workshop, { recursive: true, force: true })
    unlock()
  }
}

async function beginInCopy(workshop: string, atLeast: number, now: number): Promise<number> {
  const db = await openStore(workshop, { mustExist: true })
  try {
    return await beginIncarnation(db, now, 'restored', atLeast)
  } finally {
    // The last connection to close moves the log into the file itself.
    await db.destroy()
  }
}

/** What the database that is replaced had come to, so that no number of an incarnation is used twice. 0 when it is broken. */
async function presentIncarnation(dataDir: string): Promise<number> {
  if (!existsSync(join(dataDir, DATABASE_FILE))) return 0
  try {
    const db = await openStore(dataDir, { mustExist: true })
    try {
      return await currentIncarnation(db)
    } finally {
      await db.destroy()
    }
  } catch (error) {
    // Broken is what a backup is for.
    if (error instanceof StartError) return 0
    throw error
  }
}

/**
 * A copy of the present database, so that the restored one can take its place in one step. A log that is still beside it (it
 * could not be opened) goes along: it must never be read into another database.
 */
function setAside(dataDir: string, now: number): string | null {
  const present = join(dataDir, DATABASE_FILE)
  if (!existsSync(present)) return null
  const time = new Date(now).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)
  const kept = join(dataDir, `mall-before-restore-${time}.db`)
  for (const log of ['-wal', '-shm']) {
    if (existsSync(present + log)) renameSync(present + log, kept + log)
  }
  copyFileSync(present, kept)
  flush(kept)
  return kept
}
