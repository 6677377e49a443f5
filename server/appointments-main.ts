/** node server/appointments-main.ts import FILE.csv | list [--date YYYY-MM-DD] | remove CODE [--mall ID] [--data DIR | --database postgres://…] */
import { runAppointments } from '#server/appointments/run-appointments.ts'
import { endWithError } from '#server/command-line.ts'

try {
  process.stdout.write(await runAppointments(process.argv.slice(2)))
} catch (error) {
  endWithError(error)
}
