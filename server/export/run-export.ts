/** The export as asked for on the command line. Returns the path of the written file; throws StartError. */
import { parseArgs } from 'node:util'
import { isCalendarDate } from '#server/calendar-date.ts'
import { DEFAULT_DATA_DIR, databaseUrl } from '#server/command-line.ts'
import { chooseMall } from '#server/config/choose-mall.ts'
import { latestConfig } from '#server/config/import-config.ts'
import { counterLog } from '#server/export/counter-log.ts'
import { dayLog } from '#server/export/day-log.ts'
import { writeNewFile } from '#server/export/write-new-file.ts'
import { StartError } from '#server/start-error.ts'
import { openStore } from '#server/store/open.ts'

export async function runExport(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      date: { type: 'string' },
      out: { type: 'string' },
      mall: { type: 'string' },
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
      counters: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
    },
  })
  const { date, out, data, database, counters, force, mall } = values
  if (!date || !isCalendarDate(date)) {
    throw new StartError('BAD_OPTION', 'Sebutkan tanggal yang ada di kalender: --date YYYY-MM-DD.')
  }
  if (!out) throw new StartError('BAD_OPTION', 'Sebutkan berkas tujuan: --out FILE.csv.')
  const db = await openStore(databaseUrl(database) ?? data, { mustExist: true })
  try {
    const mallId = await chooseMall(db, mall)
    const config = await latestConfig(db, mallId)
    if (!config) throw new Error(`mall ${mallId} has no configuration`)
    const text = counters ? await counterLog(db, config, date, Date.now()) : await dayLog(db, config, date)
    writeNewFile(out, text, { overwrite: force })
  } finally {
    await db.destroy()
  }
  return out
}
