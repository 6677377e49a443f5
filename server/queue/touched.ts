/** What a transaction has to tell. Each entry it changed is told once, in its final state, when the work is done. */
import { deviceAudience, serviceAudience } from '#server/queue/audience.ts'
import { addChanges, type NewChange } from '#server/queue/changes.ts'
import { toGrant, toQueueRow } from '#server/queue/entry-rows.ts'
import type { Trx } from '#server/store/schema.ts'

type EntryKey = { visitId: string; entryNo: number }

export class Touched {
  readonly #entries = new Map<string, EntryKey & { granted: boolean }>()

  entry({ visitId, entryNo }: EntryKey, granted = false): void {
    this.#entries.set(`${visitId}/${entryNo}`, { visitId, entryNo, granted })
  }

  readonly #told: NewChange[] = []

  tell(change: NewChange): void {
    this.#told.push(change)
  }

  /** Writes the changes and returns the audiences to wake after the commit. */
  async record(trx: Trx): Promise<Set<string>> {
    const changes: NewChange[] = [...this.#told]
    for (const { visitId, entryNo, granted } of this.#entries.values()) {
      const row = await trx
        .selectFrom('entry')
        .selectAll()
        .where('visit_id', '=', visitId)
        .where('entry_no', '=', entryNo)
        .executeTakeFirstOrThrow()
      const businessDate = row.business_date
      if (granted && row.device_id !== null) {
        const audience = deviceAudience(row.device_id)
        changes.push({ audience, businessDate, change: { kind: 'granted', grant: toGrant(row) } })
      }
      const audience = serviceAudience(row.service_id)
      changes.push({ audience, businessDate, change: { kind: 'queue', row: toQueueRow(row) } })
    }
    await addChanges(trx, changes)
    return new Set(changes.map((change) => change.audience))
  }
}
