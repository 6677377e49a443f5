/** node server/verify-main.ts [--data DIR | --database postgres://…] [--mall ID] [--receipt CODE]: is all still as it was? */
import { endWithError } from '#server/command-line.ts'
import { runVerify } from '#server/verify/run-verify.ts'

try {
  const { text, isWhole } = await runVerify(process.argv.slice(2))
  process.stdout.write(text)
  if (!isWhole) process.exitCode = 1
} catch (error) {
  endWithError(error)
}
