/** The hand and its tombstones fit what happened to the entries: what was opened here is used, what was given away is not held. */
import type { HandRecord } from '#db/repositories/hand.ts'
import type { Repositories } from '#db/repositories/index.ts'
import type { VerifyFinding } from '#db/verify.ts'
import { compareGrants } from '#domain/claim.ts'
import type { Entry } from '#domain/entry.ts'
import type { GrantNo } from '#domain/events.ts'
import type { HandState } from '#domain/hand.ts'

export function handFindings({ hand, entries }: Repositories): VerifyFinding[] {
  const rows = hand.all()
  const findings: VerifyFinding[] = []
  for (const row of rows) {
    const what = faultOf(row, entries.get(row), hand.tombstones.get(row))
    if (what) findings.push({ table: 'hand', key: `${row.visitId}/${row.entryNo}`, what })
  }
  const known = new Set(rows.map(({ visitId, entryNo }) => `${visitId}/${entryNo}`))
  for (const { visit_id, entry_no } of entries.all()) {
    const key = `${visit_id}/${entry_no}`
    if (!known.has(key)) findings.push({ table: 'hand', key, what: 'baris tidak ada, padahal antrean dibuka di sini' })
  }
  return findings
}

function faultOf(row: HandRecord, entry: Entry | null, tombstone: GrantNo | null): string | null {
  const { state, grant } = row
  // Custody that the desk took by itself is older than any grant, and stands all the same.
  if (state === 'held' && grant.incarnation > 0 && tombstone && compareGrants(grant, tombstone) <= 0) {
    return `dipegang di bawah hibah ${text(grant)} yang sudah batal (${text(tombstone)})`
  }
  if (!entry) return state === 'used' ? 'used, padahal antrean tidak pernah dibuka di sini' : null
  const allowed = statesOf(entry, compareGrants(grant, entry.grant) > 0)
  if (!allowed.includes(state)) return `${state}, padahal antrean ${entry.status} di sini`
  const isSameCustody = state !== 'used' || compareGrants(grant, entry.grant) === 0
  return isSameCustody ? null : `dibuka di bawah hibah ${text(entry.grant)}, tertulis ${text(grant)}`
}

/** What the hand may say of an entry that was opened here. `isLater`: it came again by a later grant. */
function statesOf({ status }: Entry, isLater: boolean): readonly HandState[] {
  if (status === 'waiting') return ['held', 'released', 'void']
  if (status === 'superseded' || status === 'expired') return isLater ? ['held', 'released', 'void'] : ['void']
  return ['used']
}

function text({ incarnation, n }: GrantNo): string {
  return `${incarnation}/${n}`
}
