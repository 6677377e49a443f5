/** Wrong PINs per officer. Kept in the store so that a restart does not reset the back-off. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'
import type { PinAttempts } from '#domain/pin-back-off.ts'

export function createPinAttempts({ db }: Store) {
  const read = prepare<{ officerId: string }, PinAttempts>(db, (q, p) =>
    q
      .selectFrom('pin_attempt')
      .select(['failures', 'locked_until as lockedUntil'])
      .where('officer_id', '=', p('officerId')),
  )
  const write = prepare<PinAttempts & { officerId: string }, never>(db, (q, p) =>
    q
      .replaceInto('pin_attempt')
      .values({ officer_id: p('officerId'), failures: p('failures'), locked_until: p('lockedUntil') }),
  )
  const remove = prepare<{ officerId: string }, never>(db, (q, p) =>
    q.deleteFrom('pin_attempt').where('officer_id', '=', p('officerId')),
  )

  return {
    get: (officerId: string): PinAttempts => read.get({ officerId }) ?? { failures: 0, lockedUntil: 0 },
    put: (officerId: string, attempts: PinAttempts): void => void write.run({ officerId, ...attempts }),
    clear: (officerId: string): void => void remove.run({ officerId }),
  }
}
