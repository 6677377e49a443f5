/**
 * node server/restore-main.ts --from FILE [--data DIR]: a backup in the place of the database, as a new incarnation.
 * node server/restore-main.ts --database postgres://…: after pg_restore, only the new incarnation.
 */
import { parseArgs } from 'node:util'
import { restoreDatabase } from '#server/backup/restore-database.ts'
import { DEFAULT_DATA_DIR, databaseUrl, endWithError } from '#server/command-line.ts'
import { beginIncarnation } from '#server/incarnation/begin-incarnation.ts'
import { StartError } from '#server/start-error.ts'
import { openStore } from '#server/store/open.ts'

try {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
    },
  })
  const database = databaseUrl(values.database)
  process.stdout.write(database === undefined ? await fromFile(values.data, values.from) : await inPlace(database))
} catch (error) {
  endWithError(error)
}

async function fromFile(dataDir: string, from: string | undefined): Promise<string> {
  if (!from) throw new StartError('BAD_OPTION', 'Tunjuk berkas cadangannya: --from FILE.')
  const { incarnation, keptAs } = await restoreDatabase(dataDir, from, Date.now())
  const kept = keptAs === null ? '' : ` Basis data sebelumnya disimpan sebagai ${keptAs}.`
  return `Dipulihkan sebagai inkarnasi ${incarnation}.${kept} Jalankan servernya.\n`
}

async function inPlace(database: string): Promise<string> {
  const db = await openStore(database, { mustExist: true })
  try {
    return `Inkarnasi ${await beginIncarnation(db, Date.now(), 'restored')} dimulai. Jalankan servernya.\n`
  } finally {
    await db.destroy()
  }
}
