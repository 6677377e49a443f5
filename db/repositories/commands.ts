/** Results by command id, written in the command's own transaction: a repeated command gets its first result. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

export function createCommands({ db }: Store) {
  const read = prepare<{ commandId: string }, { result: string }>(db, (q, p) =>
    q.selectFrom('command').select('result').where('command_id', '=', p('commandId')),
  )
  const insert = prepare<{ commandId: string; result: string; at: number }, never>(db, (q, p) =>
    q.insertInto('command').values({ command_id: p('commandId'), result: p('result'), at: p('at') }),
  )
  const purge = prepare<{ before: number }, never>(db, (q, p) => q.deleteFrom('command').where('at', '<', p('before')))

  return {
    /** JSON text of the first result, or null. */
    result: (commandId: string): string | null => read.get({ commandId })?.result ?? null,
    add: (commandId: string, result: string, at: number): void => void insert.run({ commandId, result, at }),
    purgeBefore: (at: number): number => purge.run({ before: at }),
  }
}
