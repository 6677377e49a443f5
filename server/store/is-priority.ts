import { type RawBuilder, sql } from 'kysely'

/** Which class an entry waits in, 1 or 0: written as the index has it, so that every database finds it there. */
export const IS_PRIORITY: RawBuilder<number> = sql`case when priority is null then 0 else 1 end`
