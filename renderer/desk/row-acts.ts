/**
 * What can be done with one row of the lists beside the desk. A new act = a row here and its words under `rowAct.` in both
 * languages; if it asks first, a dialog in dialogs.tsx.
 */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { mayServe, mayTakeOn, nextToCall, type Press, refOf } from '#renderer/desk/acts.ts'
import type { IconName } from '#renderer/ui/icons.tsx'

type WaitingRow = DeskSnapshot['waiting'][number]
type AsideRow = DeskSnapshot['aside'][number]

export type RowActName = 'callBack' | 'callTicket' | 'cancel' | 'note' | 'release' | 'resume'

export type RowAct<R> = {
  name: RowActName
  icon: IconName
  isPossible: (row: R, snapshot: DeskSnapshot) => boolean
  press: (press: Press, row: R) => void
}

const WAITING: readonly RowAct<WaitingRow>[] = [
  {
    name: 'callTicket',
    icon: 'next',
    // The next one is called in turn, without a reason.
    isPossible: (row, snapshot) => mayTakeOn(snapshot) && snapshot.open && row !== nextToCall(snapshot),
    press: ({ ask }, row) => ask('callTicket', row),
  },
  {
    name: 'release',
    icon: 'send',
    isPossible: (row, { open }) => row.mine && open,
    press: ({ send }, row) => void send('queue.release', refOf(row)),
  },
]

/** The first one that is possible stands on the row itself. */
const ASIDE: readonly RowAct<AsideRow>[] = [
  {
    name: 'resume',
    icon: 'person',
    isPossible: (row, snapshot) => row.status === 'on_hold' && mayTakeOn(snapshot),
    press: ({ send }, row) => void send('queue.resume', refOf(row)),
  },
  {
    name: 'callBack',
    icon: 'repeat',
    isPossible: (row, snapshot) => row.status === 'no_show' && mayTakeOn(snapshot),
    press: ({ send }, row) => void send('queue.callBack', refOf(row)),
  },
  {
    name: 'note',
    icon: 'note',
    isPossible: (_row, { notes }) => notes !== null,
    press: ({ ask }, row) => ask('note', row),
  },
  {
    name: 'cancel',
    icon: 'trash',
    isPossible: () => true,
    press: ({ ask }, row) => ask('cancel', row),
  },
]

export const waitingActs = (row: WaitingRow, snapshot: DeskSnapshot) => possible(WAITING, row, snapshot)
export const asideActs = (row: AsideRow, snapshot: DeskSnapshot) => possible(ASIDE, row, snapshot)

function possible<R>(acts: readonly RowAct<R>[], row: R, snapshot: DeskSnapshot): RowAct<R>[] {
  return mayServe(snapshot) ? acts.filter(({ isPossible }) => isPossible(row, snapshot)) : []
}
