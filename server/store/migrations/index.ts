/** Every migration by name, in order. Listed by hand so that nothing runs because a file happened to lie there. */
import type { Migration } from 'kysely/migration'
import * as firstTables from '#server/store/migrations/0001-first-tables.ts'
import * as handsAndFacts from '#server/store/migrations/0002-hands-and-facts.ts'
import * as supervision from '#server/store/migrations/0003-supervision.ts'
import * as indexesOfTheDay from '#server/store/migrations/0004-indexes-of-the-day.ts'
import * as paymentReference from '#server/store/migrations/0005-payment-reference.ts'
import * as servicesChosen from '#server/store/migrations/0007-services-chosen.ts'
import * as placeInLine from '#server/store/migrations/0008-place-in-line.ts'
import * as results from '#server/store/migrations/0009-results.ts'
import * as requirementsMet from '#server/store/migrations/0010-requirements-met.ts'
import * as appointments from '#server/store/migrations/0011-appointments.ts'
import * as slipShown from '#server/store/migrations/0012-slip-shown.ts'
import * as lineByClass from '#server/store/migrations/0013-line-by-class.ts'
import * as oneTreeEach from '#server/store/migrations/0014-one-tree-each.ts'

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-hands-and-facts': handsAndFacts,
  '0003-supervision': supervision,
  '0004-indexes-of-the-day': indexesOfTheDay,
  '0005-payment-reference': paymentReference,
  '0007-services-chosen': servicesChosen,
  '0008-place-in-line': placeInLine,
  '0009-results': results,
  '0010-requirements-met': requirementsMet,
  '0011-appointments': appointments,
  '0012-slip-shown': slipShown,
  '0013-line-by-class': lineByClass,
  '0014-one-tree-each': oneTreeEach,
}
