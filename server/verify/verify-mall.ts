/** Everything that the server holds of one mall, against itself: chains, findings, claims and entries. */
import { shortHash } from '#domain/chain.ts'
import type { Db, EventRow } from '#server/store/schema.ts'
import { checkChains } from '#server/verify/check-chains.ts'
import { checkNotes, noteOf } from '#server/verify/check-notes.ts'
import { checkProjection } from '#server/verify/check-projection.ts'
import type { Fault } from '#server/verify/fault.ts'
import { NOT_APPLIED, RebuiltClaims } from '#server/verify/rebuild-claims.ts'

export type Verdict = {
  mallId: string
  chains: number
  events: number
  faults: Fault[]
  /** The event whose receipt was asked for. */
  receipt: EventRow | null
}

export async function verifyMall(db: Db, mallId: string, receiptCode: string | null): Promise<Verdict> {
  const findings = await db.selectFrom('finding').selectAll().where('mall_id', '=', mallId).execute()
  const codes = Map.groupBy(findings, eventKey)
  const codesOf = (event: EventRow) => (codes.get(eventKey(event)) ?? []).map(({ code }) => code)
  const rebuilt = new RebuiltClaims(codesOf)
  const notes: NonNullable<ReturnType<typeof noteOf>>[] = []
  const seen = new Set<string>()
  let receipt: EventRow | null = null
  const { faults, chains, events } = await checkChains(db, mallId, (event) => {
    seen.add(eventKey(event))
    rebuilt.take(event)
    const note = codesOf(event).some((code) => NOT_APPLIED.has(code)) ? null : noteOf(event)
    if (note) notes.push(note)
    if (receiptCode !== null && shortHash(event.hash) === receiptCode) receipt = event
  })
  // Behind a break nothing can be said: what the events there did would all be reported once more.
  if (faults.length > 0) return { mallId, chains, events, faults, receipt }
  const loose = findings.filter((finding) => !seen.has(eventKey(finding)))
  for (const { device_id, generation, seq, code } of loose) {
    const where = `${device_id}, generasi ${generation}, catatan ${seq}`
    faults.push({ mallId, where, what: `temuan ${code} tanpa catatannya` })
  }
  faults.push(...(await checkProjection(db, mallId, rebuilt)), ...(await checkNotes(db, mallId, notes)))
  return { mallId, chains, events, faults, receipt }
}

function eventKey({ device_id, generation, seq }: { device_id: string; generation: number; seq: number }): string {
  return `${device_id}/${generation}/${seq}`
}
