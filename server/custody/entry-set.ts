/**
 * The visits that a transaction works on: read once and together, changed in memory, written once. Whatever reads entries
 * from the database inside the same transaction calls `flush` before.
 */
import { claimsOf, entriesOf } from '#server/custody/read-rows.ts'
import { deleteEntries, saveClaims, saveEntries, saveVisits, updateEntry } from '#server/custody/save-rows.ts'
import type { ClaimRow, EntryRow, Trx, VisitRow } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'

export type EntryState = {
  row: EntryRow
  /** By device. */
  claims: Map<string, ClaimRow>
  /** As it was read, when it waited in somebody's hand then. */
  dealt: EntryRow | null
  /** As it was read, when it was called and its visitor not yet there. */
  called: EntryRow | null
}

export type VisitState = {
  id: string
  /** Undefined while nobody needed it. */
  row: VisitRow | null | undefined
  /** Belongs to another mall on the same database: nothing of it may be seen or changed here. */
  isForeign: boolean
  entries: Map<number, EntryState>
}

/** `visit`: also the visit's own row, and whether another visit has its number. */
export type Wanted = { visitId: string; visit?: { businessDate: string; label: string } }

/** More are written whole: one statement for many of them outweighs that each of them looks at every index. */
const FEW = 2

/** A change of other columns is nobody's business but the server's. */
const SHOWN: ReadonlySet<string> = new Set<keyof EntryRow>([
  'service_id',
  'status',
  'label',
  'business_date',
  'priority',
  'waiting_since',
  'appointment_at',
  'rank_since',
  'rank_by',
  'counter_id',
])

export class EntrySet {
  readonly mallId: string
  /** What the waiting lists have to show again, each once and in its last state. */
  readonly shown = new Set<EntryState>()
  readonly #visits = new Map<string, VisitState>()
  readonly #numbers = new Map<string, string>()
  readonly #newEntries = new Set<EntryState>()
  /** With the columns that are no longer as they are stored. */
  readonly #changedEntries = new Map<EntryState, Set<keyof EntryRow>>()
  readonly #changedClaims = new Map<string, ClaimRow>()
  readonly #changedVisits = new Map<string, VisitRow>()
  readonly #removed = new Set<EntryState>()

  constructor(mallId: string) {
    this.mallId = mallId
  }

  /** Reads what is not here yet. */
  async load(trx: Trx, wanted: readonly Wanted[]): Promise<void> {
    const ids = [...new Set(wanted.map(({ visitId }) => visitId))].filter((id) => !this.#visits.has(id))
    if (ids.length > 0) {
      const entries = await entriesOf(trx, ids)
      const claims = entries.length === 0 ? [] : await claimsOf(trx, ids)
      for (const id of ids) this.#visits.set(id, { id, row: undefined, isForeign: false, entries: new Map() })
      for (const row of entries) this.#takeEntry(row)
      for (const row of claims) {
        this.#visits.get(row.visit_id)?.entries.get(row.entry_no)?.claims.set(row.device_id, row)
      }
    }
    await this.#loadVisitRows(trx, wanted)
  }

  /** Throws for a visit that was not loaded. */
  visit(visitId: string): VisitState {
    const visit = this.#visits.get(visitId)
    if (!visit) throw new Error(`visit ${visitId} was not loaded`)
    return visit
  }

  entry(visitId: string, entryNo: number): EntryState | undefined {
    const visit = this.visit(visitId)
    return visit.isForeign ? undefined : visit.entries.get(entryNo)
  }

  /** The visit that has this number on this date, among those loaded. */
  visitWithNumber(businessDate: string, label: string): string | undefined {
    return this.#numbers.get(`${businessDate}/${label}`)
  }

  putVisit(row: VisitRow): void {
    this.visit(row.id).row = row
    this.#numbers.set(`${row.business_date}/${row.label}`, row.id)
    this.#changedVisits.set(row.id, row)
  }

  /** `ord` is given when the entry is written: one that is taken back before never had a place in line. */
  addEntry(row: Omit<EntryRow, 'ord'>): EntryState {
    const state: EntryState = { row: { ...row, ord: 0 }, claims: new Map(), dealt: null, called: null }
    this.visit(row.visit_id).entries.set(row.entry_no, state)
    this.#newEntries.add(state)
    this.shown.add(state)
    return state
  }

  /** Changes columns; what stays the same is neither written nor told. */
  patch(state: EntryState, changes: Partial<EntryRow>): void {
    const changed = this.#changedEntries.get(state) ?? new Set<keyof EntryRow>()
    let isChanged = false
    for (const column in changes) {
      const key = column as keyof EntryRow
      if (state.row[key] === changes[key]) continue
      isChanged = true
      changed.add(key)
      if (SHOWN.has(key)) this.shown.add(state)
    }
    if (!isChanged) return
    state.row = { ...state.row, ...changes }
    this.#changedEntries.set(state, changed)
  }

  putClaim(state: EntryState, claim: ClaimRow): void {
    state.claims.set(claim.device_id, claim)
    this.#changedClaims.set(`${claim.visit_id}/${claim.entry_no}/${claim.device_id}`, claim)
  }

  /** For an entry that nobody holds and nobody ever acted on. */
  removeEntry(state: EntryState): void {
    this.visit(state.row.visit_id).entries.delete(state.row.entry_no)
    this.#changedEntries.delete(state)
    if (this.#newEntries.delete(state)) {
      this.shown.delete(state)
      return
    }
    this.#removed.add(state)
    state.row = { ...state.row, status: 'cancelled' }
    this.shown.add(state)
  }

  async flush(trx: Trx): Promise<void> {
    await saveVisits(trx, [...this.#changedVisits.values()])
    await deleteEntries(
      trx,
      [...this.#removed].map(({ row }) => row),
    )
    await this.#placeInLine(trx)
    await this.#saveEntries(trx)
    await saveClaims(trx, [...this.#changedClaims.values()])
    this.#changedVisits.clear()
    this.#removed.clear()
    this.#newEntries.clear()
    this.#changedEntries.clear()
    this.#changedClaims.clear()
  }

  async #saveEntries(trx: Trx): Promise<void> {
    const changed = [...this.#changedEntries].filter(([state]) => !this.#newEntries.has(state))
    const areFew = changed.length <= FEW
    if (areFew) for (const [{ row }, columns] of changed) await updateEntry(trx, row, columns)
    const whole = areFew ? [...this.#newEntries] : [...this.#newEntries, ...changed.map(([state]) => state)]
    await saveEntries(
      trx,
      whole.map(({ row }) => row),
    )
  }

  async #placeInLine(trx: Trx): Promise<void> {
    if (this.#newEntries.size === 0) return
    let ord = await takeNumbers(trx, this.mallId, 'arrival', this.#newEntries.size)
    for (const state of this.#newEntries) {
      state.row = { ...state.row, ord }
      ord += 1
    }
  }

  #takeEntry(row: EntryRow): void {
    const visit = this.visit(row.visit_id)
    visit.isForeign = row.mall_id !== this.mallId
    const isDealt = row.status === 'waiting' && row.device_id !== null && row.winner_device_id === null
    const called = row.status === 'called' ? row : null
    visit.entries.set(row.entry_no, { row, claims: new Map(), dealt: isDealt ? row : null, called })
  }

  async #loadVisitRows(trx: Trx, wanted: readonly Wanted[]): Promise<void> {
    const missing = wanted.flatMap(({ visitId, visit }) =>
      visit && this.visit(visitId).row === undefined ? { visitId, ...visit } : [],
    )
    if (missing.length === 0) return
    const rows = await trx
      .selectFrom('visit')
      .selectAll()
      .where((eb) =>
        eb.or([
          eb('id', 'in', [...new Set(missing.map(({ visitId }) => visitId))]),
          eb.and([
            eb('mall_id', '=', this.mallId),
            eb('business_date', 'in', [...new Set(missing.map(({ businessDate }) => businessDate))]),
            eb('label', 'in', [...new Set(missing.map(({ label }) => label))]),
          ]),
        ]),
      )
      .execute()
    for (const { visitId } of missing) this.visit(visitId).row = null
    for (const row of rows) {
      if (row.mall_id === this.mallId) this.#numbers.set(`${row.business_date}/${row.label}`, row.id)
      const visit = this.#visits.get(row.id)
      if (!visit) continue
      visit.row = row
      visit.isForeign = row.mall_id !== this.mallId
    }
  }
}
