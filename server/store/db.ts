/** The mall's database as the server's code sees it: Kysely for reading, one door for everything that changes it. */
import { type Dialect, Kysely, type Transaction } from 'kysely'
import type { Schema } from '#server/store/schema.ts'

export type Trx = Transaction<Schema>

/**
 * Runs `work` as one unit: all of it is stored when the promise resolves, nothing of it when it rejects. Works of one mall
 * never run side by side, so what a work has read stays true until it is stored. A work may run more than once and touches
 * nothing but `trx`: it never asks `Db` itself, which would wait for the work to end. Without a mall the work is a single
 * statement that is right whatever runs beside it, and waits for no mall.
 */
export type Transact = <T>(mallId: string | null, work: (trx: Trx) => Promise<T>) => Promise<T>

export class Db extends Kysely<Schema> {
  readonly transact: Transact

  constructor(dialect: Dialect, openDoor: (db: Kysely<Schema>) => Transact) {
    super({ dialect })
    this.transact = openDoor(this)
  }
}
