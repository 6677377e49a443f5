/** The life of an entry (antrean) as a table: what may follow what. Nothing else decides whether an act is allowed. */

export const ENTRY_STATUSES = [
  /** Menunggu */
  'waiting',
  /** Dipanggil: announced, arrival not confirmed. */
  'called',
  /** Dilayani: arrival confirmed. */
  'serving',
  /** Ditunda: set aside at this counter, to be resumed. */
  'on_hold',
  /** Selesai */
  'completed',
  /** Dialihkan: the visit goes on as the next entry. */
  'forwarded',
  /** Tidak Hadir: stays with its counter, which may call it back. */
  'no_show',
  /** Batal */
  'cancelled',
  /** Its day ended before it was called. */
  'expired',
  /** Served at another counter after all: counts there, not here. */
  'superseded',
] as const

export type EntryStatus = (typeof ENTRY_STATUSES)[number]

export type EntryAct =
  | 'call'
  | 'present'
  | 'callAgain'
  | 'callBack'
  | 'undoCall'
  | 'return'
  | 'serve'
  | 'hold'
  | 'resume'
  | 'complete'
  | 'forward'
  | 'noShow'
  | 'cancel'
  | 'release'
  | 'expire'
  | 'supersede'

type Transition = { from: readonly EntryStatus[]; to: EntryStatus }

export const TRANSITIONS: Readonly<Record<EntryAct, Transition>> = {
  /** Also what was superseded here: whoever had it instead may have given it back, and it came again by a new grant. */
  call: { from: ['waiting', 'superseded'], to: 'called' },
  /** The visitor stands at the desk with a slip. */
  present: { from: ['waiting', 'superseded'], to: 'called' },
  callAgain: { from: ['called'], to: 'called' },
  callBack: { from: ['no_show'], to: 'called' },
  /** Only until arrival is confirmed. */
  undoCall: { from: ['called'], to: 'waiting' },
  /** Also what was set aside, when its counter closes and others shall serve it. */
  return: { from: ['called', 'serving', 'on_hold', 'no_show'], to: 'waiting' },
  serve: { from: ['called'], to: 'serving' },
  hold: { from: ['called', 'serving'], to: 'on_hold' },
  resume: { from: ['on_hold'], to: 'serving' },
  complete: { from: ['serving'], to: 'completed' },
  /** Also the transfer: the visit goes on as the next entry. */
  forward: { from: ['called', 'serving'], to: 'forwarded' },
  noShow: { from: ['called'], to: 'no_show' },
  cancel: { from: ['called', 'serving', 'on_hold', 'no_show'], to: 'cancelled' },
  /** Custody goes back to the dealer; the entry keeps waiting. */
  release: { from: ['waiting'], to: 'waiting' },
  expire: { from: ['waiting'], to: 'expired' },
  supersede: { from: ['waiting', 'called', 'serving', 'on_hold', 'no_show'], to: 'superseded' },
}

/** The status after an act, or null when the act is not allowed in this status. */
export function nextStatus(status: EntryStatus, act: EntryAct): EntryStatus | null {
  const transition = TRANSITIONS[act]
  return transition.from.includes(status) ? transition.to : null
}

/** Nothing more will be done about it: completed, moved on, cancelled, expired or counted elsewhere. */
export function isEnded(status: EntryStatus): boolean {
  return ['completed', 'forwarded', 'cancelled', 'expired', 'superseded'].includes(status)
}
