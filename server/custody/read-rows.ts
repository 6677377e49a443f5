/** What there is of some visits. */
import { prepareList } from '#server/store/prepared-list.ts'
import type { ClaimRow, EntryRow } from '#server/store/schema.ts'

export const entriesOf = prepareList<EntryRow>((q, visitIds) =>
  q.selectFrom('entry').selectAll().where('visit_id', 'in', visitIds),
)

export const claimsOf = prepareList<ClaimRow>((q, visitIds) =>
  q.selectFrom('claim').selectAll().where('visit_id', 'in', visitIds),
)
