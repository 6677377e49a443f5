/** Changes of a kind that this program does not know: kept, and taken in by a newer one. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

export type ParkedChange = { cursor: number; body: string }

export function createParked({ db }: Store) {
  const insert = prepare<ParkedChange, never>(db, (q, p) =>
    q.replaceInto('parked').values({ cursor: p('cursor'), body: p('body') }),
  )
  const all = prepare<Record<never, never>, ParkedChange>(db, (q) =>
    q.selectFrom('parked').selectAll().orderBy('cursor'),
  )
  const remove = prepare<{ cursor: number }, never>(db, (q, p) =>
    q.deleteFrom('parked').where('cursor', '=', p('cursor')),
  )

  return {
    add: (change: ParkedChange): void => void insert.run(change),
    all: (): ParkedChange[] => all.all({}),
    remove: (cursor: number): void => void remove.run({ cursor }),
    clear(): void {
      db.exec('DELETE FROM parked')
    },
  }
}
