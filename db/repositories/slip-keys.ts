/** The mall's keys for slips as the server sent them: sealed. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

export type SealedKey = { keyId: string; businessDate: string; sealed: string }

export function createSlipKeys({ db }: Store) {
  const columns = ['key_id as keyId', 'business_date as businessDate', 'sealed'] as const
  const insert = prepare<SealedKey, never>(db, (q, p) =>
    q.insertInto('slip_key').values({ key_id: p('keyId'), business_date: p('businessDate'), sealed: p('sealed') }),
  )
  const one = prepare<{ keyId: string }, SealedKey>(db, (q, p) =>
    q.selectFrom('slip_key').select(columns).where('key_id', '=', p('keyId')),
  )
  const day = prepare<{ businessDate: string }, SealedKey>(db, (q, p) =>
    q.selectFrom('slip_key').select(columns).where('business_date', '=', p('businessDate')).orderBy('key_id'),
  )

  return {
    /** The server always sends all that are good. */
    replaceAll(keys: readonly SealedKey[]): void {
      db.exec('DELETE FROM slip_key')
      for (const key of keys) insert.run(key)
    },
    get: (keyId: string): SealedKey | null => one.get({ keyId }) ?? null,
    ofDay: (businessDate: string): SealedKey[] => day.all({ businessDate }),
  }
}
