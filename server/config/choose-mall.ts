import { StartError } from '#server/start-error.ts'
import type { Db } from '#server/store/schema.ts'

/** The mall that a tool is meant for: the one named, or the only one there is. Throws StartError. */
export async function chooseMall(db: Db, named: string | undefined): Promise<string> {
  const rows = await db.selectFrom('mall').select('id').orderBy('id').execute()
  const ids = rows.map(({ id }) => id)
  const [first, second] = ids
  if (first === undefined) {
    throw new StartError('CONFIG_MISSING', 'Server belum menyimpan konfigurasi mal. Jalankan servernya dulu.')
  }
  if (named === undefined && second === undefined) return first
  if (named !== undefined && ids.includes(named)) return named
  throw new StartError('MALL_UNKNOWN', `Sebutkan malnya: --mall ID. Di basis data ini ada: ${ids.join(', ')}.`)
}
