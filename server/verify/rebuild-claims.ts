/** Claims as the stored events tell them, folded anew: what the claim rows have to say. */
import { compareGrants } from '#domain/claim.ts'
import { applyEvent, type Entry, type EntryEvent, ForbiddenAct, isEntryEvent } from '#domain/entry.ts'
import { decodeBody } from '#server/push/decode-body.ts'
import { eventTime } from '#server/push/event-time.ts'
import type { EventRow } from '#server/store/schema.ts'

/** Events with one of these were stored and not applied. */
const NOT_APPLIED = new Set([
  ...['NOT_YOURS', 'UNDECODABLE', 'UNKNOWN_TYPE', 'UNKNOWN_VISIT', 'UNKNOWN_SERVICE', 'LABEL_TAKEN', 'STATUS_CONFLICT'],
])

export class RebuiltClaims {
  readonly #claims = new Map<string, Entry>()
  readonly #codesOf: (event: EventRow) => readonly string[]

  /** `codesOf`: the findings of an event. */
  constructor(codesOf: (event: EventRow) => readonly string[]) {
    this.#codesOf = codesOf
  }

  take(row: EventRow): void {
    if (this.#codesOf(row).some((code) => NOT_APPLIED.has(code))) return
    const body = decodeBody(row.body)
    if (body.kind !== 'event' || !isEntryEvent(body.event)) return
    const event = { ...body.event, at: eventTime(body.event, row.received_at), offset: 0 }
    const key = claimKey(event.data.visitId, event.data.entryNo, row.device_id)
    try {
      const after = applyEvent(this.#before(key, event), event)
      if (after) this.#claims.set(key, after)
    } catch (error) {
      // An act under a grant that the device never opened: stored, flagged, and without effect.
      if (!(error instanceof ForbiddenAct)) throw error
    }
  }

  /** Opened under another custody it begins anew: the one before was given back or taken. */
  #before(key: string, event: EntryEvent): Entry | null {
    const known = this.#claims.get(key) ?? null
    if (event.type !== 'entry.called' && event.type !== 'entry.presented') return known
    return known && compareGrants(known.grant, event.data.grant) === 0 ? known : null
  }

  get(visitId: string, entryNo: number, deviceId: string): Entry | undefined {
    return this.#claims.get(claimKey(visitId, entryNo, deviceId))
  }

  keys(): Iterable<string> {
    return this.#claims.keys()
  }
}

export function claimKey(visitId: string, entryNo: number, deviceId: string): string {
  return `${visitId}/${entryNo}/${deviceId}`
}
