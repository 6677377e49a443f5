/**
 * Tells whether a table of the SQLite file may have changed: every statement of this program goes by here, and of other programs'
 * commits the file itself tells. What is taken back counts as a change, too.
 */
import type { Database, Statement } from 'better-sqlite3'

/** In place of a table: nothing is written yet, but from here on other programs' commits are seen. */
const BEGUN = 'begin'

/** SQLite says of `begin immediate` that it writes, for it takes the lock, and of a rollback that it only reads. */
const BEGIN = /^\s*begin\b/i
const ROLLBACK = /^\s*rollback\b/i
const TARGET = /^\s*(?:insert into|update|delete from)\s+"(\w+)"(?!\.)/i

export type WriteWatch = {
  /** The table that a statement writes to; null: none, '*': perhaps any. */
  target(statement: Pick<Statement, 'source' | 'readonly'>): string | null
  /** A statement with this target is about to run. */
  written(target: string): void
  /** A higher number whenever one of the tables may have changed. */
  version(tables: readonly string[]): number
}

export function watchWrites(database: Database): WriteWatch {
  const others = dataVersion(database)
  const times = new Map<string, number>()
  const timesOf = (table: string) => times.get(table) ?? 0
  return {
    target({ source, readonly }) {
      if (ROLLBACK.test(source)) return '*'
      if (BEGIN.test(source)) return BEGUN
      if (readonly) return null
      return TARGET.exec(source)?.[1] ?? '*'
    },
    written(target) {
      if (target === BEGUN) others.forget()
      else times.set(target, timesOf(target) + 1)
    },
    version: (tables) => tables.reduce((sum, table) => sum + timesOf(table), others.count() + timesOf('*')),
  }
}

/**
 * How often other programs' commits were met. Asked once in a turn, for what comes in the same turn might as well have come a moment before.
 * A transaction that begins has to see what there is now.
 */
function dataVersion(database: Database) {
  const statement = database.prepare<[], number>('pragma data_version').pluck()
  let newest: number | undefined
  let count = 0
  let isKnown = false
  const forget = () => {
    isKnown = false
  }
  return {
    forget,
    count(): number {
      if (isKnown) return count
      isKnown = true
      setImmediate(forget)
      const version = statement.get()
      if (version !== newest) count += 1
      newest = version
      return count
    },
  }
}
