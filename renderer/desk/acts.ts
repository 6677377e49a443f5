/** What the officer can do at this moment, and which of it makes sense next. Everything else is not on the screen. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'

export type DeskAct = 'open' | 'callNext' | 'callAgain' | 'startServing' | 'complete' | 'forward' | 'noShow'

export const SHORTCUTS: Readonly<Record<DeskAct, string>> = {
  callAgain: 'F1',
  callNext: 'F2',
  startServing: 'F3',
  complete: 'F4',
  forward: 'F6',
  noShow: 'F8',
  open: 'F9',
}

const ENTRY_ACTS: readonly (readonly [DeskAct, EntryAct])[] = [
  ['startServing', 'serve'],
  ['callAgain', 'callAgain'],
  ['complete', 'complete'],
  ['forward', 'forward'],
  ['noShow', 'noShow'],
]

export type ActsNow = { primary: DeskAct | null; secondary: readonly DeskAct[] }

const NOTHING: ActsNow = { primary: null, secondary: [] }

/** `goesOn`: the visitor's journey has a step after this one, so handing over comes before ending the visit. */
export function actsNow(snapshot: DeskSnapshot, goesOn: boolean): ActsNow {
  if (!mayServe(snapshot)) return NOTHING
  const { current } = snapshot
  if (!current) {
    if (!snapshot.open) return { primary: 'open', secondary: [] }
    return nextToCall(snapshot) ? { primary: 'callNext', secondary: [] } : NOTHING
  }
  const primary = current.status === 'called' ? 'startServing' : goesOn ? 'forward' : 'complete'
  const possible = ENTRY_ACTS.filter(([, act]) => nextStatus(current.status, act) !== null).map(([act]) => act)
  return { primary, secondary: possible.filter((act) => act !== primary) }
}

export function mayServe({ officer }: DeskSnapshot): boolean {
  return officer?.roles.some((role) => role === 'officer' || role === 'supervisor') ?? false
}

/** The row that Panggil Berikutnya would call. Without the server only rows in this counter's own hand can be called. */
export function nextToCall({ waiting, connection }: DeskSnapshot): DeskSnapshot['waiting'][number] | undefined {
  return connection.state === 'online' ? waiting[0] : waiting.find((row) => row.mine)
}
