/** node server/penyelia-main.ts list|reclaim|dismiss|readmit|revoke [--device ID] [--data DIR | --database postgres://…] */
import { endWithError } from '#server/command-line.ts'
import { runSupervision } from '#server/supervision/run-supervision.ts'

try {
  process.stdout.write(await runSupervision(process.argv.slice(2)))
} catch (error) {
  endWithError(error)
}
