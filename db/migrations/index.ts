/** All migrations in order. A landed one never changes; a new one is a new file and a new line here. */
import { migration as firstTables } from '#db/migrations/0001-first-tables.ts'
import { migration as handsAndFacts } from '#db/migrations/0002-hands-and-facts.ts'
import { migration as ownTexts } from '#db/migrations/0003-own-texts.ts'
import { migration as paymentReference } from '#db/migrations/0004-payment-reference.ts'
import { migration as hold } from '#db/migrations/0005-hold.ts'
import { migration as theCountersDay } from '#db/migrations/0006-the-counters-day.ts'

export type Migration = { version: number; sql: string }

export const MIGRATIONS: readonly Migration[] = [
  ...[firstTables, handsAndFacts, ownTexts, paymentReference, hold],
  ...[theCountersDay],
]
