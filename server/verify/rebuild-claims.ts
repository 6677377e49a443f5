/** Claims as the stored events tell them, folded anew: what the claim rows have to say. */
import { applyEvent, type Entry, ForbiddenAct, isEntryEvent } from '#domain/entry.ts'
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
      const after = applyEvent(this.#claims.get(key) ?? null, event)
      if (after) this.#claims.set(key, after)
    } catch (error) {
      if (!(error instanceof ForbiddenAct)) throw error
      // What the old one had open a new chain opens again. Else an act under a grant that the device never opened: stored,
      // flagged, and without effect.
      if (event.type !== 'entry.called' && event.type !== 'entry.presented') return
      const opened = applyEvent(null, event)
      if (opened) this.#claims.set(key, opened)
    }
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
