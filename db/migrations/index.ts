/** All migrations in order. A landed one never changes; a new one is a new file and a new line here. */
import { migration as firstTables } from '#db/migrations/0001-first-tables.ts'

export type Migration = { version: number; sql: string }

export const MIGRATIONS: readonly Migration[] = [firstTables]
