import { asStartError } from '#server/store/postgres-errors.ts'
import { describePostgres } from '#server/store/postgres-url.ts'
import { Bell } from '#server/stream/bell.ts'
import { PostgresBell } from '#server/stream/postgres-bell.ts'

/** The bell that reaches every server of this database. Throws StartError. */
export async function openBell(database: string | undefined): Promise<Bell> {
  if (!database) return new Bell()
  try {
    return await PostgresBell.connect(database)
  } catch (error) {
    throw asStartError(error, describePostgres(database))
  }
}
