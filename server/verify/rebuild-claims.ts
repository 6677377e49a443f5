/** Claims as the stored events tell them, folded anew: what the claim rows have to say. */
import { compareGrants, type Strength } from '#domain/claim.ts'
import { applyEvent, type Entry, type EntryEvent, ForbiddenAct, isEntryEvent } from '#domain/entry.ts'
import { decodeBody } from '#server/push/decode-body.ts'
import { eventTime } from '#server/push/event-time.ts'
import type { EventRow } from '#server/store/schema.ts'

/** Events with one of these were stored and not applied. */
export const NOT_APPLIED: ReadonlySet<string> = new Set([
  ...['NOT_YOURS', 'UNDECODABLE', 'UNKNOWN_TYPE', 'UNKNOWN_VISIT', 'UNKNOWN_SERVICE', 'LABEL_TAKEN', 'STATUS_CONFLICT'],
])

export type RebuiltClaim = {
  entry: Entry
  /**
   * How strong it is since its last opening under another grant. Which of the two counts depends on whether the custody before
   * was given back or taken by then, and that is in nobody's events.
   */
  strengthAnew: Strength
  generation: number
}

export class RebuiltClaims {
  readonly #claims = new Map<string, RebuiltClaim>()
  readonly #codesOf: (event: EventRow) => readonly string[]

  /** `codesOf`: the findings of an event. */
  constructor(codesOf: (event: EventRow) => readonly string[]) {
    this.#codesOf = codesOf
  }

  take(row: EventRow): void {
    if (this.#codesOf(row).some((code) => NOT_APPLIED.has(code))) return
    const body = decodeBody(row.body)
    // A note leaves the claim as it is.
    if (body.kind !== 'event' || !isEntryEvent(body.event) || body.event.type === 'entry.noted') return
    const event = { ...body.event, at: eventTime(body.event, row.received_at), offset: 0 }
    const key = claimKey(event.data.visitId, event.data.entryNo, row.device_id)
    try {
      const claim = folded(this.#claims.get(key), event)
      if (claim) this.#claims.set(key, claim)
    } catch (error) {
      // An act under a grant that the device never opened: stored, flagged, and without effect.
      if (!(error instanceof ForbiddenAct)) throw error
    }
  }

  get(visitId: string, entryNo: number, deviceId: string): RebuiltClaim | undefined {
    return this.#claims.get(claimKey(visitId, entryNo, deviceId))
  }

  keys(): Iterable<string> {
    return this.#claims.keys()
  }
}

function folded(known: RebuiltClaim | undefined, event: EntryEvent): RebuiltClaim | null {
  const { generation } = event
  const isAnew = known !== undefined && opensUnderAnotherGrant(known.entry, event)
  // A new chain does not know what the old one had open.
  const before = isAnew && known.generation < generation ? null : (known?.entry ?? null)
  const entry = applyEvent(before, event)
  if (!entry) return null
  if (!before || !known) return { entry, strengthAnew: entry.strength, generation }
  const anew = applyEvent(isAnew ? null : { ...before, strength: known.strengthAnew }, event)
  return { entry, strengthAnew: anew?.strength ?? entry.strength, generation }
}

function opensUnderAnotherGrant({ grant }: Entry, event: EntryEvent): boolean {
  if (event.type !== 'entry.called' && event.type !== 'entry.presented') return false
  return compareGrants(grant, event.data.grant) !== 0
}

export function claimKey(visitId: string, entryNo: number, deviceId: string): string {
  return `${visitId}/${entryNo}/${deviceId}`
}
