/** node server/backup-main.ts --out FILE [--data DIR]: a checked copy of the database, also while the server runs. */
import { parseArgs } from 'node:util'
import { backupDatabase } from '#server/backup/backup-database.ts'
import { DEFAULT_DATA_DIR, endWithError } from '#server/command-line.ts'
import { StartError } from '#server/start-error.ts'

try {
  const { values } = parseArgs({
    options: { data: { type: 'string', default: DEFAULT_DATA_DIR }, out: { type: 'string' } },
  })
  if (!values.out) throw new StartError('BAD_OPTION', 'Sebutkan berkas tujuan: --out FILE.db.')
  backupDatabase(values.data, values.out)
  process.stdout.write(`${values.out}\n`)
} catch (error) {
  endWithError(error)
}
