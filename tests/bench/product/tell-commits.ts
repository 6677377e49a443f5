/**
 * Loaded into the measured server before its own code: tells the suite when each transaction began to be committed, on the
 * clock that all processes of a machine share. The product itself knows nothing of it.
 */
import Database from 'better-sqlite3'
import { sharedClock } from '#tests/bench/shared-clock.ts'

export type Committing = { kind: 'committing'; at: number }

const prepare = Database.prototype.prepare

Database.prototype.prepare = function told(this: Database.Database, source: string) {
  const statement = prepare.call(this, source)
  if (source !== 'commit') return statement
  const { run } = statement
  statement.run = (...values: unknown[]) => {
    const at = sharedClock()
    // Told afterwards: what is measured is not held up.
    setImmediate(() => process.send?.({ kind: 'committing', at } satisfies Committing))
    return Reflect.apply(run, statement, values)
  }
  return statement
} as typeof prepare
