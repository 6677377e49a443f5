/**
 * The facts. Each is appended once to its device's chain and never changed. Personal text is never inside:
 * only SHA-256(salt || value), see personal-text.ts. All times are epoch ms, all durations ms, all numbers integers.
 */
export type PriorityGroup = 'disability' | 'elderly' | 'pregnant' | 'child' | 'disaster_victim'
export type Outcome = 'delivered' | 'rejected' | 'incomplete'

/** Why a visitor is put on hold. Words instead of free text: an event holds no personal text. */
export type HoldReason = 'fetch_documents' | 'payment' | 'awaiting_result' | 'other'
export type CancelReason = 'visitor_left' | 'wrong_service' | 'duplicate' | 'other'
export type PauseReason = 'break' | 'prayer' | 'meeting' | 'technical' | 'other'

/**
 * A grant is custody. Grants order by (incarnation, n): a restored server begins a new incarnation. Incarnation 0 is custody
 * that a desk took by itself (a slip presented while cut off, a number issued here); n is then the seq of that event.
 */
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

/** All that a counter's own log needs to know of an entry to stand alone. */
export type EntryAsKnown = EntryRef & {
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

/** The call opens an entry at a counter. */
export type EntryCalled = EntryAsKnown

/** Why a slip was served where it was shown. */
export type PresentReason =
  /** It was in this counter's hand. */
  | 'in_hand'
  /** The server gave it: released by its holder, or held by nobody. */
  | 'claimed'
  /** The server answered, its holder did not; or the server has not heard of it, and nobody knows who holds it. */
  | 'holder_silent'
  | 'server_silent'

/** The visitor stands at the desk with a slip; opens the entry there. */
export type EntryPresented = EntryAsKnown & { reason: PresentReason }

export type EntryCalledAgain = EntryRef & { times: number }

export type EntryServing = EntryRef

export type EntryHeld = EntryRef & { reason: HoldReason }
export type EntryCancelled = EntryRef & { reason: CancelReason }

/** How long a phase took by the monotonic clock; estimated when the PC restarted in between. */
export type Duration = { ms: number; estimated: boolean }

export type EntryCompleted = EntryRef & {
  outcome: Outcome
  served: Duration
  /** What the bank printed on the proof of payment (kode bayar, NTPN). Absent when none was typed. */
  paymentReference?: string | undefined
}

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

/** Moved by an officer, outside any journey. A counter, when named, is the only one that may serve the next entry. */
export type EntryTransferred = EntryRef & {
  toServiceId: string
  toCounterId: string | null
  toEntryNo: number
  served: Duration | null
}

/** The last forward or transfer, taken back before anybody else heard of it. */
export type EntryGiveAwayUndone = EntryRef & { toEntryNo: number }

export type EntryNoShow = EntryRef & { calls: number }

/** Another counter's act on the same entry counts instead. */
export type EntrySuperseded = EntryRef & { byCounterId: string | null }

/** Custody given back to the dealer by the holder's own act. */
export type EntryReleased = EntryRef & { grant: GrantNo }

export type CounterOpened = { counterId: string; epoch: number }
export type CounterClosed = { counterId: string; epoch: number }
export type CounterPaused = {
  counterId: string
  epoch: number
  reason: PauseReason
  /** When the officer means to be back, by the mall's clock. Absent when nobody said. */
  backAt?: number | undefined
  /** It began by the mall's schedule. Absent when an officer asked for it. */
  scheduled?: true | undefined
}
/** Which of its services the counter takes from now on; what it has in hand of the others is released together with this. */
export type CounterServicesChosen = { counterId: string; epoch: number; serviceIds: readonly string[] }
/** The counter took a configuration; entries it can no longer serve are released together with this. */
export type CounterProfileChanged = { counterId: string; epoch: number; configVersion: number }
export type OfficerSignedIn = { officerId: string }
export type OfficerSignedOut = { officerId: string }

export type Fact =
  | { type: 'visit.issued'; data: VisitIssued }
  /** Issued at a counter from its own series: the first entry is in that counter's hand. */
  | { type: 'visit.issued_here'; data: VisitIssued }
  | { type: 'entry.called'; data: EntryCalled }
  | { type: 'entry.presented'; data: EntryPresented }
  | { type: 'entry.called_again'; data: EntryCalledAgain }
  /** Back from no-show: the absent came after all. */
  | { type: 'entry.called_back'; data: EntryRef }
  /** Called by mistake: waits in the own hand again as if never called. */
  | { type: 'entry.call_undone'; data: EntryRef }
  /** Kembalikan ke antrean: waits in the own hand again, keeping its place. */
  | { type: 'entry.returned'; data: EntryRef }
  | { type: 'entry.held'; data: EntryHeld }
  | { type: 'entry.resumed'; data: EntryRef }
  | { type: 'entry.cancelled'; data: EntryCancelled }
  | { type: 'entry.serving'; data: EntryServing }
  | { type: 'entry.completed'; data: EntryCompleted }
  | { type: 'entry.forwarded'; data: EntryForwarded }
  | { type: 'entry.transferred'; data: EntryTransferred }
  | { type: 'entry.give_away_undone'; data: EntryGiveAwayUndone }
  | { type: 'entry.no_show'; data: EntryNoShow }
  | { type: 'entry.released'; data: EntryReleased }
  | { type: 'entry.release_undone'; data: EntryReleased }
  /** Midnight passed before it was called. */
  | { type: 'entry.expired'; data: EntryReleased }
  | { type: 'entry.superseded'; data: EntrySuperseded }
  | { type: 'counter.opened'; data: CounterOpened }
  | { type: 'counter.closed'; data: CounterClosed }
  | { type: 'counter.paused'; data: CounterPaused }
  | { type: 'counter.resumed'; data: CounterOpened }
  | { type: 'counter.profile_changed'; data: CounterProfileChanged }
  | { type: 'counter.services_chosen'; data: CounterServicesChosen }
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
