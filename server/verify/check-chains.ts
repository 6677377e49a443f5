/** Every chain of a mall, its devices' and its own, from the first event to the last. */
import { findChainFault } from '#domain/chain.ts'
import { sha256 } from '#server/secrets.ts'
import type { Db, EventRow } from '#server/store/schema.ts'
import type { Fault } from '#server/verify/fault.ts'

/** Calls `take` with each event of a sound chain, in its order; of a broken one with those before the break. */
export async function checkChains(
  db: Db,
  mallId: string,
  take: (event: EventRow) => void,
): Promise<{ faults: Fault[]; chains: number; events: number }> {
  const chains = await db
    .selectFrom('event')
    .innerJoin('device', 'device.id', 'event.device_id')
    .select(['event.device_id', 'event.generation', 'device.name', 'device.place_id'])
    .distinct()
    .where('event.mall_id', '=', mallId)
    .orderBy('event.device_id')
    .orderBy('event.generation')
    .execute()
  const faults: Fault[] = []
  let events = 0
  for (const { device_id, generation, name, place_id } of chains) {
    const rows = await readChain(db, device_id, generation)
    const fault = findChainFault(sha256, rows.map(toLink))
    if (fault) {
      const where = `${place_id} (${name}, ${device_id}), generasi ${generation}, catatan ${fault.seq}`
      faults.push({ mallId, where, what: FAULTS[fault.fault] })
    }
    for (const row of rows) if (!fault || row.seq < fault.seq) take(row)
    events += rows.length
  }
  return { faults, chains: chains.length, events }
}

const FAULTS = {
  GAP: 'catatan hilang atau bernomor salah',
  PREV_HASH: 'tidak menyambung ke catatan sebelumnya',
  HASH: 'isinya bukan yang dulu disimpan',
} as const

function readChain(db: Db, deviceId: string, generation: number): Promise<EventRow[]> {
  return db
    .selectFrom('event')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('generation', '=', generation)
    .orderBy('seq')
    .execute()
}

function toLink({ seq, hash, prev_hash: prevHash, body }: EventRow) {
  return { seq, hash, prevHash, body }
}
