/** node server/enrol-main.ts [--data DIR | --database postgres://…] --counter ID | --front-desk ID: prints a one-time enrolment code. */
import { parseArgs } from 'node:util'
import type { DeviceRole } from '#contract/wire.ts'
import { DEFAULT_DATA_DIR, databaseUrl, endWithError } from '#server/command-line.ts'
import { createEnrolmentCode } from '#server/enrolment.ts'
import { StartError } from '#server/start-error.ts'
import { openStore } from '#server/store/open.ts'

try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
      counter: { type: 'string' },
      'front-desk': { type: 'string' },
    },
  })
  const role = chosenRole(values.counter, values['front-desk'])
  const db = await openStore(databaseUrl(values.database) ?? values.data, { mustExist: true })
  try {
    process.stdout.write(`${await createEnrolmentCode(db, role)}\n`)
  } finally {
    await db.destroy()
  }
} catch (error) {
  endWithError(error)
}

function chosenRole(counterId: string | undefined, frontDeskId: string | undefined): DeviceRole {
  if (counterId && !frontDeskId) return { kind: 'counter', counterId }
  if (frontDeskId && !counterId) return { kind: 'front_desk', frontDeskId }
  throw new StartError('BAD_OPTION', 'Sebutkan salah satu: --counter ID atau --front-desk ID.')
}
