/** Planned pauses that the officer put off, each by the moment at which the schedule begins it. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

type PutOff = { from: number; until: number }

export function createPutOffPauses({ db }: Store) {
  const since = prepare<{ from: number }, PutOff>(db, (q, p) =>
    q
      .selectFrom('pause_put_off')
      .select(['planned_from as from', 'put_off_until as until'])
      .where('planned_from', '>=', p('from')),
  )
  const write = prepare<PutOff, never>(db, (q, p) =>
    q.replaceInto('pause_put_off').values({ planned_from: p('from'), put_off_until: p('until') }),
  )
  const forget = prepare<{ from: number }, never>(db, (q, p) =>
    q.deleteFrom('pause_put_off').where('planned_from', '<', p('from')),
  )

  return {
    /** Those of pauses that begin at this moment or later. */
    since: (from: number): PutOff[] => since.all({ from }),
    put: (putOff: PutOff): void => void write.run(putOff),
    forgetBefore: (from: number): void => void forget.run({ from }),
  }
}
