/** The life of an entry (antrean) as a table: what may follow what. Nothing else decides whether an act is allowed. */

export type EntryStatus =
  /** Menunggu */
  | 'waiting'
  /** Dipanggil: announced, arrival not confirmed. */
  | 'called'
  /** Dilayani: arrival confirmed. */
  | 'serving'
  /** Selesai */
  | 'completed'
  /** Dialihkan: the visit goes on as the next entry. */
  | 'forwarded'
  /** Tidak Hadir */
  | 'no_show'

export type EntryAct = 'call' | 'callAgain' | 'serve' | 'complete' | 'forward' | 'noShow' | 'release'

type Transition = { from: readonly EntryStatus[]; to: EntryStatus }

export const TRANSITIONS: Readonly<Record<EntryAct, Transition>> = {
  call: { from: ['waiting'], to: 'called' },
  callAgain: { from: ['called'], to: 'called' },
  serve: { from: ['called'], to: 'serving' },
  complete: { from: ['serving'], to: 'completed' },
  forward: { from: ['called', 'serving'], to: 'forwarded' },
  noShow: { from: ['called'], to: 'no_show' },
  /** Custody goes back to the dealer; the entry keeps waiting. */
  release: { from: ['waiting'], to: 'waiting' },
}

/** The status after an act, or null when the act is not allowed in this status. */
export function nextStatus(status: EntryStatus, act: EntryAct): EntryStatus | null {
  const transition = TRANSITIONS[act]
  return transition.from.includes(status) ? transition.to : null
}
