import { type RawBuilder, sql } from 'kysely'

/**
 * Which class an entry waits in, 1 or 0: written as the index of 0013-line-by-class has it, so that every database finds it there.
 * Another text needs a migration that builds the index anew.
 */
export const IS_PRIORITY: RawBuilder<number> = sql`case when priority is null then 0 else 1 end`
