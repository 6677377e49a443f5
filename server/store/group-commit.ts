/**
 * SQLite's door. It has one writer, and a commit costs a write to the disk; so works that ask at about the same time share
 * one transaction and one commit. A work that fails takes back its own doing only.
 */
import { CompiledQuery, type Kysely } from 'kysely'
import type { Transact, Trx } from '#server/store/db.ts'
import { runCompiled } from '#server/store/run-compiled.ts'
import type { Schema } from '#server/store/schema.ts'
import { countNumbers, markNumbers, writeNumbers } from '#server/store/sequence.ts'

/** Bounds how long the first of a group waits for the last. */
const GROUP = 64

const SAVEPOINT = CompiledQuery.raw('savepoint work')
const ROLLBACK_TO = CompiledQuery.raw('rollback to work')
const RELEASE = CompiledQuery.raw('release work')

type Work = {
  /** Tells the caller how it went, which nobody may know before the commit. */
  run(trx: Trx): Promise<() => void>
  fail(error: unknown): void
}

export function groupCommit(db: Kysely<Schema>): Transact {
  const waiting: Work[] = []

  /** As long as each turn of the loop brings another request, they make up one group: who answers eight at once is asked by eight next. */
  function gather(known: number): void {
    if (waiting.length > known && waiting.length < GROUP) setImmediate(gather, waiting.length)
    else void commitNext()
  }

  async function commitNext(): Promise<void> {
    const group = waiting.slice(0, GROUP)
    await commitGroup(db, group)
    // Only now: while something waits, the next work knows that a commit is under way and starts none.
    waiting.splice(0, group.length)
    if (waiting.length > 0) setImmediate(gather, 0)
  }

  return (_mallId, work) =>
    new Promise((resolve, reject) => {
      const run = async (trx: Trx) => {
        const result = await work(trx)
        return () => resolve(result)
      }
      waiting.push({ run, fail: reject })
      if (waiting.length === 1) setImmediate(gather, 0)
    })
}

/**
 * Never rejects: what goes wrong is the callers' to know. Nearly always all goes well, and then no work needs a savepoint, which
 * copies every page that is written in it. When one fails, all is taken back and done again with each by itself.
 */
async function commitGroup(db: Kysely<Schema>, works: readonly Work[]): Promise<void> {
  let hasWorkFailed = false
  const run = (trx: Trx, work: Work) =>
    work.run(trx).catch((error: unknown) => {
      hasWorkFailed = true
      throw error
    })
  try {
    await commitTogether(db, works, run)
  } catch (error) {
    // A single one had nothing else to keep, and what fails by itself, like a full disk, fails all of them.
    if (works.length === 1 || !hasWorkFailed) failAll(works, error)
    else await commitTogether(db, works, runAlone).catch((lost: unknown) => failAll(works, lost))
  }
}

function failAll(works: readonly Work[], error: unknown): void {
  for (const work of works) work.fail(error)
}

/** Throws when the whole transaction is lost: then nobody was told anything. */
async function commitTogether(
  db: Kysely<Schema>,
  works: readonly Work[],
  run: (trx: Trx, work: Work) => Promise<() => void>,
): Promise<void> {
  const settled: (() => void)[] = []
  const trx = await db.startTransaction().execute()
  countNumbers(trx)
  try {
    for (const work of works) settled.push(await run(trx, work))
    await writeNumbers(trx)
    await trx.commit().execute()
  } catch (error) {
    // SQLite may have rolled back already, for example when the disk is full; what counts is the first error.
    await trx
      .rollback()
      .execute()
      .catch(() => {})
    throw error
  }
  for (const settle of settled) settle()
}

/** Throws only when the whole transaction is lost. */
async function runAlone(trx: Trx, work: Work): Promise<() => void> {
  const untakeNumbers = markNumbers(trx)
  await runCompiled(trx, SAVEPOINT)
  const settle = await work.run(trx).catch(async (error: unknown) => {
    await runCompiled(trx, ROLLBACK_TO)
    untakeNumbers()
    return () => work.fail(error)
  })
  await runCompiled(trx, RELEASE)
  return settle
}
