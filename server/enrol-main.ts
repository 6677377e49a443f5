/**
 * node server/enrol-main.ts [--data DIR | --database postgres://…] [--mall ID] [--tls-certificate FILE]
 *   --counter ID | --front-desk ID: prints a one-time enrolment code, which ends in the certificate's fingerprint when the
 * server has one: in its data folder or, if named, in that file.
 */
import { parseArgs } from 'node:util'
import { withFingerprint } from '#contract/enrolment-code.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import { DEFAULT_DATA_DIR, databaseUrl, endWithError } from '#server/command-line.ts'
import { createEnrolmentCode } from '#server/enrolment.ts'
import { StartError } from '#server/start-error.ts'
import { openStore } from '#server/store/open.ts'
import { keptFingerprint } from '#server/tls/kept-pair.ts'
import { readFingerprint } from '#server/tls/read-pair.ts'

try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: DEFAULT_DATA_DIR },
      database: { type: 'string' },
      mall: { type: 'string' },
      counter: { type: 'string' },
      'front-desk': { type: 'string' },
      'tls-certificate': { type: 'string' },
    },
  })
  const role = chosenRole(values.counter, values['front-desk'])
  const named = values['tls-certificate']
  const db = await openStore(databaseUrl(values.database) ?? values.data, { mustExist: true })
  try {
    const code = await createEnrolmentCode(db, role, Date.now(), values.mall)
    const fingerprint = named ? readFingerprint(named) : keptFingerprint(values.data)
    process.stdout.write(`${withFingerprint(code, fingerprint)}\n`)
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
