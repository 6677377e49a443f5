/**
 * The facts. Each is appended once to its device's chain and never changed. Personal text is never inside:
 * only SHA-256(salt || value), see personal-text.ts. All times are epoch ms, all durations ms, all numbers integers.
 */
export type PriorityGroup = 'disability' | 'elderly' | 'pregnant' | 'child' | 'disaster_victim'
export type Outcome = 'delivered' | 'rejected' | 'incomplete'

/** A grant is custody. Grants order by (incarnation, n): a restored server begins a new incarnation. */
export type GrantNo = { incarnation: number; n: number }

/** A visitor got a number: the first entry of the visit waits from now on. */
export type VisitIssued = {
  visitId: string
  label: string
  businessDate: string
  serviceId: string
  priority: PriorityGroup | null
  journeyId: string | null
}

/** Names an entry; every entry act carries it. `entryNo` counts 1, 2, 3 within its visit. */
export type EntryRef = { visitId: string; entryNo: number }

/** The call opens an entry at a counter, so it carries all that the counter's own log needs to stand alone. */
export type EntryCalled = EntryRef & {
  grant: GrantNo
  label: string
  businessDate: string
  serviceId: string
  priority: PriorityGroup | null
  journeyId: string | null
  issuedAt: number
  /** When this entry began to wait: issue for the first, forward for the next ones. */
  waitingSince: number
}

export type EntryCalledAgain = EntryRef & { times: number }

export type EntryServing = EntryRef

/** How long a phase took by the monotonic clock; estimated when the PC restarted in between. */
export type Duration = { ms: number; estimated: boolean }

export type EntryCompleted = EntryRef & { outcome: Outcome; served: Duration }

export type EntryForwarded = EntryRef & {
  toServiceId: string
  toEntryNo: number
  /** A journey's next step keeps its journey; a plain transfer has none. */
  journeyId: string | null
  /** Null when the visitor was sent on without being served here. */
  served: Duration | null
  /** What this step hands to the next one; the value itself is personal text. */
  handsOver: { key: string; valueHash: string } | null
}

export type EntryNoShow = EntryRef & { calls: number }

/** Custody given back to the dealer by the holder's own act. */
export type EntryReleased = EntryRef & { grant: GrantNo }

export type CounterOpened = { counterId: string; epoch: number }
export type CounterClosed = { counterId: string; epoch: number }
export type OfficerSignedIn = { officerId: string }
export type OfficerSignedOut = { officerId: string }

export type Fact =
  | { type: 'visit.issued'; data: VisitIssued }
  | { type: 'entry.called'; data: EntryCalled }
  | { type: 'entry.called_again'; data: EntryCalledAgain }
  | { type: 'entry.serving'; data: EntryServing }
  | { type: 'entry.completed'; data: EntryCompleted }
  | { type: 'entry.forwarded'; data: EntryForwarded }
  | { type: 'entry.no_show'; data: EntryNoShow }
  | { type: 'entry.released'; data: EntryReleased }
  | { type: 'counter.opened'; data: CounterOpened }
  | { type: 'counter.closed'; data: CounterClosed }
  | { type: 'officer.signed_in'; data: OfficerSignedIn }
  | { type: 'officer.signed_out'; data: OfficerSignedOut }

/** What is hashed: the fact and its circumstances. */
export type EventBody = Fact & {
  /** Version of this envelope. */
  v: 1
  device: string
  generation: number
  seq: number
  /** Wall clock of the device. */
  at: number
  /** Server clock minus device clock when last known, else null. */
  offset: number | null
  counterId: string | null
  epoch: number | null
  officerId: string | null
}
