/**
 * Watches every desk's facts and hands and knows what must never be: the safety half of the proof. It believes only what is
 * committed at desks, never the server.
 */
import type { Entry } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'
import { ClaimWatch } from '#tests/sim/claim-watch.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import { RouteWatch } from '#tests/sim/route-watch.ts'
import { QUOTA } from '#tests/sim/sim-mall.ts'

/** How far a desk has read what the server says. */
export type Heard = { incarnation: number; cursor: number }

/** What a desk could act on right now, by its own store. */
export type Custody = { key: string; grant: string; how: 'held' | Entry['status'] }

/** How far the server was when it had taken something in: its newest grant and its newest news. */
export type TakenIn = { incarnation: number; grant: number; change: number }

export const keyOf = ({ visitId, entryNo }: { visitId: string; entryNo: number }) => `${visitId}/${entryNo}`

const ENDINGS = new Set(['entry.completed', 'entry.forwarded', 'entry.transferred', 'entry.cancelled'])

export class Tracker {
  /** Desk -> what it holds or has open. A desk that is down still has what it had: its store is durable. */
  readonly #custody = new Map<string, readonly Custody[]>()
  /** Entries for which a presented slip, a supervisor or a restored desk allows two custodians. */
  readonly #excused = new Set<string>()
  readonly #forgiven = new Set<string>()
  /** Entry -> the fact that ended it. */
  readonly #ended = new Map<string, { desk: string; generation: number; seq: number }>()
  /** Entries whose desk has lost their ending with its disk. */
  readonly #endedForServer = new Set<string>()
  /** Grant -> the desk that opened an entry under it. */
  readonly #openedUnder = new Map<string, string>()
  /** Date and number -> the event that printed it. */
  readonly #labels = new Map<string, string>()
  readonly #dateOf = new Map<string, string>()
  readonly labelOf = new Map<string, string>()
  /** Visits whose number a front desk took back. */
  readonly takenBack = new Set<string>()
  readonly claims = new ClaimWatch()
  readonly routes = new RouteWatch()
  /** Entries that a counter called or served, ever. */
  readonly #everOpened = new Set<string>()
  /** What the server knew when it had heard that a number is taken back. */
  readonly #cancellations = new Map<string, TakenIn>()
  /** A server that was restored has forgotten which numbers it leased. */
  #wasServerRestored = false
  /** Date -> visits of the service with a quota whose number was printed from a lease. */
  readonly #fromLeases = new Map<string, Set<string>>()

  excuse(key: string): void {
    this.#excused.add(key)
  }

  /** Nobody has to agree on this entry any more: a lost history is part of it. */
  forgive(key: string): void {
    this.#forgiven.add(key)
    this.claims.overrule(key)
  }

  /** The disk of a desk was put back: of what it ended only the server knows, and that only what had come there. */
  deskForgets(desk: string, stored: { generation: number; seq: number }): void {
    for (const [key, end] of this.#ended) {
      if (end.desk !== desk) continue
      if (end.generation === stored.generation && end.seq > stored.seq) this.#ended.delete(key)
      else this.#endedForServer.add(key)
    }
  }

  /** The server was restored: nobody knows of an ending that its desk has lost as well. */
  serverForgets(): void {
    this.#cancellations.clear()
    this.routes.serverForgets()
    this.#wasServerRestored = true
    for (const key of this.#endedForServer) this.#ended.delete(key)
    this.#endedForServer.clear()
  }

  isForgiven(key: string): boolean {
    return this.#forgiven.has(key)
  }

  isExcused(key: string): boolean {
    return this.#excused.has(key)
  }

  custodyOf(desk: string): readonly Custody[] {
    return this.#custody.get(desk) ?? []
  }

  /**
   * A desk wrote a fact; `isInDoubt` when its store was not to be trusted then. `today` is the mall's true date and `atLeast` the
   * date that every desk must have learnt of by then; empty for a desk that cannot know.
   */
  fact(
    desk: string,
    event: EventBody,
    { isInDoubt, today, atLeast, heard }: { isInDoubt: boolean; today: string; atLeast: string; heard: Heard },
  ): void {
    if (event.type === 'entry.called' && isInDoubt) throw new InvariantBroken('CALLED_IN_DOUBT', desk)
    if (event.type === 'entry.called' && event.data.businessDate < atLeast) {
      throw new InvariantBroken('CALLED_FROM_YESTERDAY', `${this.name(keyOf(event.data))} at ${desk}`)
    }
    if (event.type === 'entry.expired' && this.#dateOf.get(event.data.visitId) === today) {
      throw new InvariantBroken('EXPIRED_TODAY', `${this.name(keyOf(event.data))} at ${desk}`)
    }
    if (event.type === 'visit.issued' || event.type === 'visit.issued_here') this.#issued(desk, event)
    if (event.type === 'visit.cancelled') this.takenBack.add(event.data.visitId)
    if (!('entryNo' in event.data)) return
    const key = keyOf(event.data)
    this.claims.fact(this.name(key), key, event)
    this.routes.fact(this.name(key), key, event, heard)
    if (event.type === 'entry.presented' && event.data.reason.endsWith('silent')) this.excuse(key)
    // What a store in doubt opens may clash with what its lost history did, down to the place in the chain.
    if (event.type === 'entry.presented' && isInDoubt) this.forgive(key)
    if (event.type === 'entry.called') this.#checkTakenBack(desk, key, event, heard)
    if (event.type === 'entry.called' || event.type === 'entry.presented') this.#opened(desk, key, event)
    if (ENDINGS.has(event.type)) this.#ended.set(key, { desk, generation: event.generation, seq: event.seq })
    if (event.type === 'entry.give_away_undone') this.#ended.delete(key)
  }

  /** The server has the front desk's word for it. The first moment counts. */
  serverKnowsTakenBack(visitId: string, known: TakenIn): void {
    if (!this.#cancellations.has(visitId)) this.#cancellations.set(visitId, known)
  }

  isKnownTakenBack(visitId: string): boolean {
    return this.#cancellations.has(visitId)
  }

  /** Whether a counter ever called or served it: then its visitor is known there, and the number is theirs again. */
  wasOpened(key: string): boolean {
    return this.#everOpened.has(key)
  }

  /** A desk that has read all that the server said then was asked for the entry, and has given it back. */
  #checkTakenBack(
    desk: string,
    key: string,
    { data }: Extract<EventBody, { type: 'entry.called' }>,
    heard: Heard,
  ): void {
    const known = data.entryNo === 1 ? this.#cancellations.get(data.visitId) : undefined
    if (!known || this.wasOpened(key) || this.isExcused(key) || this.isForgiven(key)) return
    const wasAsked = data.grant.incarnation === known.incarnation && data.grant.n <= known.grant
    if (!wasAsked || heard.incarnation !== known.incarnation || heard.cursor < known.change) return
    throw new InvariantBroken('TAKEN_BACK_CALLED', `${this.name(key)} at ${desk}`)
  }

  /** A leased number is given out only within the quota of its day, whoever has not heard of whom. */
  #checkQuota(
    visitId: string,
    { businessDate, label, serviceId }: { businessDate: string; label: string; serviceId: string },
  ) {
    if (serviceId !== QUOTA.serviceId || !label.startsWith(QUOTA.prefix)) return
    const given = this.#fromLeases.get(businessDate) ?? new Set<string>()
    this.#fromLeases.set(businessDate, given.add(visitId))
    const standing = [...given].filter((id) => !this.takenBack.has(id))
    if (standing.length <= QUOTA.perDay || this.#wasServerRestored) return
    throw new InvariantBroken('QUOTA_EXCEEDED', `${standing.length} of ${QUOTA.perDay} numbers: ${label}`)
  }

  #issued(desk: string, event: Extract<EventBody, { type: 'visit.issued' | 'visit.issued_here' }>): void {
    const { businessDate, label, visitId } = event.data
    const printed = `${businessDate} ${label}`
    const before = this.#labels.get(printed)
    const place = `${desk} generation ${event.generation} event ${event.seq}`
    if (before && before !== place) throw new InvariantBroken('NUMBER_TWICE', `${printed}: ${before} and ${place}`)
    this.#labels.set(printed, place)
    this.labelOf.set(visitId, label)
    this.#dateOf.set(visitId, businessDate)
    if (event.type === 'visit.issued') this.#checkQuota(visitId, event.data)
  }

  #opened(desk: string, key: string, event: Extract<EventBody, { type: 'entry.called' | 'entry.presented' }>): void {
    const { grant } = event.data
    this.#everOpened.add(key)
    const ended = this.#ended.get(key)
    if (ended && !this.isExcused(key)) {
      throw new InvariantBroken('CALLED_AFTER_END', `${this.name(key)} ended at ${ended.desk}, opened at ${desk}`)
    }
    if (grant.incarnation === 0) return
    const under = `${key} ${grant.incarnation}.${grant.n}`
    const opener = this.#openedUnder.get(under)
    if (opener && opener !== desk) {
      throw new InvariantBroken('GRANT_AT_TWO_DESKS', `${this.name(key)} under ${under}: ${opener} and ${desk}`)
    }
    this.#openedUnder.set(under, desk)
  }

  /** A desk's hand and open entries are now so. */
  setCustody(desk: string, now: readonly Custody[]): void {
    this.#custody.set(desk, now)
  }

  /** The central invariant, for a desk whose custody changed; all desks' custody has to be of the same moment. */
  checkCustody(desk: string): void {
    const now = this.custodyOf(desk)
    for (const { key, how } of now) {
      if (this.isExcused(key)) continue
      for (const [other, theirs] of this.#custody) {
        if (other === desk) continue
        const same = theirs.find((one) => one.key === key)
        if (same) {
          throw new InvariantBroken('TWO_CUSTODIANS', `${this.name(key)}: ${desk} (${how}) and ${other} (${same.how})`)
        }
      }
      this.#checkNeighbours(desk, key)
    }
  }

  /** Of one visit two entries are never with desks at once. */
  #checkNeighbours(desk: string, key: string): void {
    const [visitId, entryNo] = key.split('/')
    for (const [other, theirs] of this.#custody) {
      for (const one of theirs) {
        const [otherVisit, otherNo] = one.key.split('/')
        if (otherVisit !== visitId || otherNo === entryNo || this.isExcused(one.key)) continue
        throw new InvariantBroken(
          'VISIT_AT_TWO_DESKS',
          `${this.name(key)} at ${desk}, ${this.name(one.key)} at ${other}`,
        )
      }
    }
  }

  name(key: string): string {
    const [visitId = '', entryNo] = key.split('/')
    return `${this.labelOf.get(visitId) ?? visitId.slice(0, 8)}/${entryNo}`
  }
}
