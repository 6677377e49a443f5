/** Everything that the server holds of one mall, against itself: chains, findings, claims and entries. */
import { shortHash } from '#domain/chain.ts'
import type { Db, EventRow } from '#server/store/schema.ts'
import { checkChains } from '#server/verify/check-chains.ts'
import { checkProjection } from '#server/verify/check-projection.ts'
import type { Fault } from '#server/verify/fault.ts'
import { RebuiltClaims } from '#server/verify/rebuild-claims.ts'

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
  const rebuilt = new RebuiltClaims((event) => (codes.get(eventKey(event)) ?? []).map(({ code }) => code))
  const seen = new Set<string>()
  let receipt: EventRow | null = null
  const { faults, chains, events } = await checkChains(db, mallId, (event) => {
    seen.add(eventKey(event))
    rebuilt.take(event)
    if (receiptCode !== null && shortHash(event.hash) === receiptCode) receipt = event
  })
  // Behind a break nothing can be said: what the events there did would all be reported once more.
  if (faults.length > 0) return { mallId, chains, events, faults, receipt }
  const loose = findings.filter((finding) => !seen.has(eventKey(finding)))
  for (const { device_id, generation, seq, code } of loose) {
    const where = `${device_id}, generasi ${generation}, catatan ${seq}`
    faults.push({ mallId, where, what: `temuan ${code} tanpa catatannya` })
  }
  faults.push(...(await checkProjection(db, mallId, rebuilt)))
  return { mallId, chains, events, faults, receipt }
}

function eventKey({ device_id, generation, seq }: { device_id: string; generation: number; seq: number }): string {
  return `${device_id}/${generation}/${seq}`
}
