/** Every event follows the one before it: a changed, missing or added one is found where it is. */
import type { Repositories } from '#db/repositories/index.ts'
import type { EventTable } from '#db/schema.ts'
import type { VerifyFinding } from '#db/verify.ts'
import { GENESIS, linkHash, type Sha256 } from '#domain/chain.ts'

export function chainFindings({ events }: Repositories, sha256: Sha256) {
  const findings: VerifyFinding[] = []
  let before = { generation: 0, seq: 0, hash: GENESIS }
  let count = 0
  for (const row of events.rows()) {
    if (row.generation !== before.generation) before = { generation: row.generation, seq: 0, hash: GENESIS }
    const what = faultOf(row, before, sha256)
    if (what) findings.push({ table: 'event', key: `${row.generation}/${row.seq}`, what })
    // Goes on from what is stored, so that one fault is told once.
    before = row
    count += 1
  }
  return { findings, events: count }
}

function faultOf(row: EventTable, before: { seq: number; hash: string }, sha256: Sha256): string | null {
  if (row.seq !== before.seq + 1) return `peristiwa ${before.seq + 1} sampai ${row.seq - 1} tidak ada`
  if (linkHash(sha256, before.hash, row.body) !== row.hash) return 'isi atau rantai hash berubah'
  const { generation, seq, type } = JSON.parse(row.body) as Partial<EventTable>
  const isItself = generation === row.generation && seq === row.seq && type === row.type
  return isItself ? null : 'kolom tidak sama dengan isi'
}
