/**
 * node server/export-main.ts --date YYYY-MM-DD --out FILE.csv [--data DIR | --database postgres://…] [--mall ID] [--force]:
 * the day's service log.
 */
import { endWithError } from '#server/command-line.ts'
import { runExport } from '#server/export/run-export.ts'

try {
  process.stdout.write(`${await runExport(process.argv.slice(2))}\n`)
} catch (error) {
  endWithError(error)
}
