/** What a decision of the desk is about: the state it looks at, the commands, and why one is refused. */
import type { Delivered } from '#domain/delivered.ts'
import type { Entry } from '#domain/entry.ts'
import type {
  CancelReason,
  Duration,
  EntryAsKnown,
  EntryRef,
  Fact,
  HoldReason,
  Outcome,
  OutOfOrderReason,
  PauseReason,
  PresentReason,
  TransferPlace,
} from '#domain/events.ts'
import type { Ranked, RankHistory, RankPolicy } from '#domain/rank.ts'
import type { RecallRule } from '#domain/recall.ts'

/** An entry in the counter's own hand, waiting. */
export type HandEntry = Ranked & EntryAsKnown

export type Counter = { counterId: string; epoch: number }

export type DeskState = {
  officerId: string | null
  counter: Counter | null
  paused: boolean
  /**
   * The store's own identity is in doubt (restored, copied, forked): its hand may be played elsewhere, so nothing is called
   * from it until the server has settled the matter. Slips that are shown are served.
   */
  inDoubt: boolean
  /** Whether the server can be told now: closing while cut off keeps the hand until the first contact. */
  online: boolean
  /** The entry at the desk (called or serving). */
  current: Entry | null
  /** The entry that the command names, when this counter has opened it. */
  subject: Entry | null
  hand: readonly HandEntry[]
  history: RankHistory
  policy: RankPolicy
  recall: RecallRule
  /** Since serving began; null while not serving. */
  served: Duration | null
  /** The last fact, while it is withheld from the server and may still be taken back. */
  withheld: Fact | null
}

/** Acts on the entry at the desk. They name the entry the officer saw: a stale screen never acts on another citizen. */
export type CurrentCommand = EntryRef &
  (
    | { kind: 'callAgain' }
    | { kind: 'startServing' }
    | { kind: 'returnToQueue'; to: 'place' | 'end' }
    | { kind: 'hold'; reason: HoldReason }
    | { kind: 'complete'; outcome: Outcome; paymentReference: string | null; delivered: readonly Delivered[] | null }
    | {
        kind: 'forward'
        toServiceId: string
        journeyId: string | null
        handsOver: { key: string; valueHash: string } | null
      }
    | {
        kind: 'transfer'
        toServiceId: string
        toCounterId: string | null
        place: TransferPlace | 'end'
        /** Comes back to this counter once the other has completed it. */
        returns: boolean
      }
    | { kind: 'noShow' }
  )

/** Acts on an entry that this counter set aside. */
type AsideCommand = EntryRef & ({ kind: 'resume' } | { kind: 'callBack' })

export type DeskCommand =
  | { kind: 'callNext' }
  /** Out of turn, from the own hand. */
  | ({ kind: 'callTicket'; reason: OutOfOrderReason } & EntryRef)
  | CurrentCommand
  | AsideCommand
  | ({ kind: 'cancel'; reason: CancelReason } & EntryRef)
  /** Something is written down about an entry that is here, or ended here on this date (`today`). */
  | ({ kind: 'note'; noteNo: number; valueHash: string; today: string } & EntryRef)
  /** Gives a waiting entry of the own hand back to the dealer. */
  | ({ kind: 'release' } & EntryRef)
  /** `entry` with the custody under which it is served: the hand's grant, or one this desk takes by itself. */
  | { kind: 'present'; entry: EntryAsKnown; reason: PresentReason }
  | { kind: 'undo' }
  | { kind: 'pauseCounter'; reason: PauseReason; backAt: number | null }
  | { kind: 'resumeCounter' }
  | { kind: 'chooseServices'; serviceIds: readonly string[] }
  /** What is set aside and not named stays with the counter. */
  | { kind: 'closeCounter'; settle: readonly SettledAside[]; today: string }

/** What becomes of an entry that is set aside when its counter closes. `entry` as it is now; null when it is not known here. */
export type SettledAside = EntryRef & { entry: Entry | null; to: 'return' | 'cancel' }

export type DeskRefusal =
  | 'NOT_SIGNED_IN'
  | 'COUNTER_NOT_OPEN'
  | 'COUNTER_PAUSED'
  | 'STORE_IN_DOUBT'
  | 'ENTRY_IN_PROGRESS'
  | 'NOTHING_WAITING'
  | 'NO_CURRENT_ENTRY'
  | 'STALE_SCREEN'
  | 'NOT_ALLOWED_NOW'
  | 'SAME_SERVICE'
  | 'ALREADY_RETURNS'
  | 'TICKET_GONE'
  | 'RECALL_LIMIT'
  | 'NOTHING_TO_UNDO'
  | 'CHOICE_STRANDS'
