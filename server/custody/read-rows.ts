/** What there is of some visits; most transactions are about one, for which the query is compiled once. */
import { prepare } from '#server/store/prepared.ts'
import type { ClaimRow, EntryRow, Trx } from '#server/store/schema.ts'

const entriesOfOne = prepare<{ visitId: string }, EntryRow>((q, param) =>
  q.selectFrom('entry').selectAll().where('visit_id', '=', param('visitId')),
)

const claimsOfOne = prepare<{ visitId: string }, ClaimRow>((q, param) =>
  q.selectFrom('claim').selectAll().where('visit_id', '=', param('visitId')),
)

export async function entriesOf(trx: Trx, visitIds: readonly string[]): Promise<EntryRow[]> {
  const [visitId, second] = visitIds
  if (visitId !== undefined && second === undefined) return entriesOfOne(trx, { visitId })
  return trx.selectFrom('entry').selectAll().where('visit_id', 'in', visitIds).execute()
}

export async function claimsOf(trx: Trx, visitIds: readonly string[]): Promise<ClaimRow[]> {
  const [visitId, second] = visitIds
  if (visitId !== undefined && second === undefined) return claimsOfOne(trx, { visitId })
  return trx.selectFrom('claim').selectAll().where('visit_id', 'in', visitIds).execute()
}
