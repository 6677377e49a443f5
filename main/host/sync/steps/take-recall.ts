/** A recall: the dealer asks an entry back. What the answer says is committed before it is said. */
import type { Change } from '#contract/wire/changes.ts'
import type { RecallAnswerRequest } from '#contract/wire/hands.ts'
import { compareGrants } from '#domain/claim.ts'
import { releaseOf } from '#domain/counter-facts.ts'
import { answerRecall } from '#domain/hand.ts'
import type { CoreContext } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'

/** Inside the caller's transaction. */
export function takeRecall(
  context: CoreContext,
  { visitId, entryNo, grant }: Extract<Change, { kind: 'recalled' }>,
): RecallAnswerRequest {
  const { repositories } = context
  const ref = { visitId, entryNo }
  const row = repositories.hand.get(ref)
  // Its day is over: the fact that says so goes to the server, and an answer that frees it would come before.
  const isOver = row?.state === 'void' && row.businessDate < today(context) && compareGrants(row.grant, grant) === 0
  if (isOver) return { ...ref, grant, answer: 'gone' }
  const { answer, act } = answerRecall(row, repositories.entries.get(ref), grant)
  if (act === 'release' && row) recordFacts(context, [releaseOf({ ...ref, grant: row.grant })], null)
  // Released under older custody: the grant that the dealer speaks of is void as well.
  const isUnseen = act === 'remember_void' || (act === 'release' && row && compareGrants(row.grant, grant) < 0)
  if (isUnseen) repositories.hand.tombstones.put(ref, grant)
  return { ...ref, grant, answer }
}
