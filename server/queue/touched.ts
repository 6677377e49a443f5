/** What a transaction has to tell. Each entry it changed is told once, in its final state, when the work is done. */
import { asClaim, isActive } from '#server/custody/claims.ts'
import { EntrySet, type EntryState } from '#server/custody/entry-set.ts'
import { deviceAudience, serviceAudience } from '#server/queue/audience.ts'
import { addChanges, type NewChange } from '#server/queue/changes.ts'
import { toGrant, toQueueRow } from '#server/queue/entry-rows.ts'
import type { EntryRow, Trx } from '#server/store/schema.ts'
import type { News } from '#server/stream/bell.ts'

export class Touched {
  readonly mallId: string
  /** The visits that this transaction works on. */
  readonly entries: EntrySet
  /** Of which services there may be something new to deal. */
  moved: Set<string> | 'any' = new Set()
  /** Something was called from their hands. */
  readonly countersWithRoom = new Set<string>()
  /** When each was called last. */
  readonly calls = new Map<EntryState, number>()
  readonly #granted = new Set<EntryState>()
  readonly #superseded = new Map<string, { deviceId: string; entry: EntryState }>()
  readonly #told: NewChange[] = []
  readonly #woken = new Set<string>()

  constructor(mallId: string) {
    this.mallId = mallId
    this.entries = new EntrySet(mallId)
  }

  tell(change: NewChange): void {
    this.#told.push(change)
  }

  tellDevice(deviceId: string, { businessDate, change }: Omit<NewChange, 'audience'>): void {
    this.tell({ audience: deviceAudience(this.mallId, deviceId), businessDate, change })
  }

  /** Somebody waits for what this transaction decided although there is nothing to tell. */
  wake(deviceId: string): void {
    this.wakeAudience(deviceAudience(this.mallId, deviceId))
  }

  wakeAudience(audience: string): void {
    this.#woken.add(audience)
  }

  /** This entry is no longer where it was when entries were dealt last. */
  entryMoved({ service_id, for_counter_id }: EntryRow): void {
    // Which counter takes what was sent to it by name, its service does not say.
    if (for_counter_id !== null) this.moved = 'any'
    else if (this.moved !== 'any') this.moved.add(service_id)
  }

  /** A counter is no longer as it was then. */
  counterMoved(): void {
    this.moved = 'any'
  }

  granted(entry: EntryState): void {
    this.#granted.add(entry)
  }

  /** A visitor was called to the counter that the entry is at: once, or again. `at` by the server's clock. */
  called(entry: EntryState, at: number): void {
    this.calls.set(entry, at)
  }

  /** This device is told whose claim counts instead, unless its own does when the work is done. */
  superseded(deviceId: string, entry: EntryState): void {
    const { visit_id, entry_no } = entry.row
    this.#superseded.set(`${deviceId}/${visit_id}/${entry_no}`, { deviceId, entry })
  }

  /** There may be notes about the visit of an entry that this device is given or has. */
  tellNoted({ visit_id: visitId, business_date: businessDate }: EntryRow, deviceId: string): void {
    this.tellDevice(deviceId, { businessDate, change: { kind: 'noted', visitId } })
  }

  /** Writes entries and changes, and returns what there is to tell after the commit. */
  async record(trx: Trx): Promise<News> {
    await this.entries.flush(trx)
    this.#tellGrants()
    this.#tellSuperseded()
    for (const { row } of this.entries.shown) {
      const audience = serviceAudience(this.mallId, row.service_id)
      this.tell({ audience, businessDate: row.business_date, change: { kind: 'queue', row: toQueueRow(row) } })
    }
    return { mallId: this.mallId, changes: await addChanges(trx, this.mallId, this.#told), woken: this.#woken }
  }

  #tellGrants(): void {
    for (const { row } of this.#granted) {
      if (row.device_id === null || row.winner_device_id !== null) continue
      this.tellDevice(row.device_id, {
        businessDate: row.business_date,
        change: { kind: 'granted', grant: toGrant(row) },
      })
      if (row.noted === 1) this.tellNoted(row, row.device_id)
    }
  }

  #tellSuperseded(): void {
    for (const { deviceId, entry } of this.#superseded.values()) {
      const { visit_id: visitId, entry_no: entryNo, business_date: businessDate, winner_device_id } = entry.row
      const winner = winner_device_id === null ? undefined : entry.claims.get(winner_device_id)
      if (!winner || !isActive(winner) || winner.device_id === deviceId) continue
      const { strength, grant, deviceId: by } = asClaim(winner)
      if (strength === 0) continue
      this.tellDevice(deviceId, {
        businessDate,
        change: {
          kind: 'superseded',
          visitId,
          entryNo,
          claim: { strength, grant, deviceId: by },
          counterId: winner.counter_id,
        },
      })
    }
  }
}
