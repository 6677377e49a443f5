/**
 * Everything an officer can do at this moment, as one table, and which of it makes sense next. What is not possible is not on
 * the screen. A new act = its name, a row here, its words under `act.` in both languages; if it asks first, a dialog in
 * dialogs.tsx.
 */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'
import type { EntryRef } from '#domain/events.ts'
import type { Command } from '#renderer/state/use-command.ts'
import type { IconName } from '#renderer/ui/icons.tsx'

export type ActName =
  | 'open'
  | 'callNext'
  | 'startServing'
  | 'callAgain'
  | 'complete'
  | 'forward'
  | 'hold'
  | 'noShow'
  | 'note'
  | 'requeue'
  | 'present'
  | 'quickServe'
  | 'issueHere'
  | 'undo'
  | 'returnToQueue'
  | 'cancel'
  | 'pause'
  | 'resume'
  | 'services'
  | 'close'

/** Questions in between; each is a row of dialogs.tsx. */
export type DialogName =
  | 'callTicket'
  | 'cancel'
  | 'close'
  | 'complete'
  | 'forward'
  | 'hold'
  | 'issueHere'
  | 'noShow'
  | 'pause'
  | 'note'
  | 'present'
  | 'quickServe'
  | 'returnToQueue'
  | 'services'

/** The entry that a question is about. */
export type About = EntryRef & { label: string }

/** What an act may do when it is pressed: tell the host, or ask something first. */
export type Press = {
  snapshot: DeskSnapshot
  /** The entry at the desk. */
  entry: About | null
  send: Command['run']
  ask: (dialog: DialogName, about: About | null) => void
}

type Act = {
  icon: IconName
  /** Works wherever the focus is; a key means one thing only, whatever is on the screen. */
  key?: string
  /** Beside the big button, or in the menu of everything else. */
  place: 'bar' | 'more'
  isPossible: (snapshot: DeskSnapshot) => boolean
  press: (press: Press) => void
}

const onEntry =
  (act: EntryAct) =>
  ({ current }: DeskSnapshot): boolean =>
    current !== null && nextStatus(current.status, act) !== null

const sendOnEntry =
  (method: 'queue.startServing' | 'queue.callAgain') =>
  ({ send, entry }: Press): void => {
    if (entry) void send(method, refOf(entry))
  }

const ask =
  (dialog: DialogName) =>
  (press: Press): void =>
    press.ask(dialog, press.entry)

/** In the order in which they stand on the screen. */
export const ACTS: Readonly<Record<ActName, Act>> = {
  open: {
    icon: 'check',
    key: 'F9',
    place: 'bar',
    isPossible: ({ open, current }) => !open && !current,
    press: ({ send }) => void send('counter.open', {}),
  },
  callNext: {
    icon: 'next',
    key: 'F2',
    place: 'bar',
    isPossible: (snapshot) =>
      snapshot.open && !snapshot.pause && !snapshot.current && nextToCall(snapshot) !== undefined,
    press: ({ send }) => void send('queue.callNext', {}),
  },
  startServing: {
    icon: 'person',
    key: 'F3',
    place: 'bar',
    isPossible: onEntry('serve'),
    press: sendOnEntry('queue.startServing'),
  },
  callAgain: {
    icon: 'repeat',
    key: 'F1',
    place: 'bar',
    isPossible: (snapshot) => onEntry('callAgain')(snapshot) && snapshot.current?.recallOver === null,
    press: sendOnEntry('queue.callAgain'),
  },
  complete: { icon: 'check', key: 'F4', place: 'bar', isPossible: onEntry('complete'), press: ask('complete') },
  forward: { icon: 'arrowRight', key: 'F6', place: 'bar', isPossible: onEntry('forward'), press: ask('forward') },
  hold: { icon: 'pause', key: 'F7', place: 'bar', isPossible: onEntry('hold'), press: ask('hold') },
  noShow: { icon: 'close', key: 'F8', place: 'bar', isPossible: onEntry('noShow'), press: ask('noShow') },
  requeue: {
    icon: 'arrowLeft',
    place: 'bar',
    isPossible: ({ current }) => current?.status === 'called' && current.recallOver === 'requeue',
    press: ({ send, entry }) => {
      if (entry) void send('queue.returnToQueue', { ...refOf(entry), to: 'end' })
    },
  },
  present: {
    icon: 'slip',
    key: 'F5',
    place: 'bar',
    isPossible: (snapshot) => !snapshot.current && isAtWork(snapshot),
    press: ask('present'),
  },
  quickServe: {
    icon: 'person',
    place: 'more',
    isPossible: mayTakeOn,
    press: ask('quickServe'),
  },
  issueHere: { icon: 'plus', place: 'more', isPossible: isAtWork, press: ask('issueHere') },
  note: {
    icon: 'note',
    key: 'Ctrl+K',
    place: 'more',
    // Who may not read notes writes none either.
    isPossible: ({ current, lastEnded, notes }) => notes !== null && (current ?? lastEnded) !== null,
    press: ({ ask, entry, snapshot }) => ask('note', entry ?? snapshot.lastEnded),
  },
  undo: {
    icon: 'undo',
    key: 'Ctrl+Z',
    // A give-away has a line of its own, which counts its seconds.
    place: 'more',
    isPossible: ({ undo }) => undo !== null,
    press: ({ send }) => void send('queue.undo', {}),
  },
  returnToQueue: { icon: 'arrowLeft', place: 'more', isPossible: onEntry('return'), press: ask('returnToQueue') },
  cancel: { icon: 'trash', place: 'more', isPossible: onEntry('cancel'), press: ask('cancel') },
  resume: {
    icon: 'next',
    key: 'F9',
    place: 'bar',
    isPossible: ({ open, pause }) => open && pause !== null,
    press: ({ send }) => void send('counter.resume', {}),
  },
  pause: {
    icon: 'pause',
    key: 'F12',
    place: 'bar',
    isPossible: ({ open, pause, current }) => open && !pause && !current,
    press: ask('pause'),
  },
  services: {
    icon: 'tools',
    place: 'more',
    // With one service there is nothing to choose.
    isPossible: ({ open, mayTake }) => open && mayTake.length > 1,
    press: ({ ask }) => ask('services', null),
  },
  close: {
    icon: 'stop',
    place: 'more',
    isPossible: ({ open, current }) => open && !current,
    press: ask('close'),
  },
}

export type ActsNow = { primary: ActName | null; bar: readonly ActName[]; more: readonly ActName[] }

const NOTHING: ActsNow = { primary: null, bar: [], more: [] }
const NAMES = Object.keys(ACTS) as ActName[]

/** `goesOn`: the visitor's journey has a step after this one, so handing over comes before ending the visit. */
export function actsNow(snapshot: DeskSnapshot, goesOn: boolean): ActsNow {
  if (!mayServe(snapshot)) return NOTHING
  const possible = NAMES.filter((name) => ACTS[name].isPossible(snapshot))
  const primary = primaryOf(snapshot, goesOn)
  const others = possible.filter((name) => name !== primary)
  return {
    primary: possible.find((name) => name === primary) ?? null,
    bar: others.filter((name) => ACTS[name].place === 'bar'),
    more: others.filter((name) => ACTS[name].place === 'more'),
  }
}

const AFTER_CALLS = { waits: 'startServing', no_show: 'noShow', requeue: 'requeue' } as const

function primaryOf({ open, pause, current }: DeskSnapshot, goesOn: boolean): ActName {
  if (!current) return !open ? 'open' : pause ? 'resume' : 'callNext'
  if (current.status === 'called') return AFTER_CALLS[current.recallOver ?? 'waits']
  return goesOn ? 'forward' : 'complete'
}

/** Somebody can come to the desk now who is not called in turn. On a break nobody does: that is what a break is. */
export function mayTakeOn(snapshot: DeskSnapshot): boolean {
  return !snapshot.current && !snapshot.pause && isAtWork(snapshot)
}

/** Connected, the counter is opened first. Cut off without a session, slips and own numbers are what is left. */
function isAtWork({ open, connection }: DeskSnapshot): boolean {
  return open || connection.state === 'offline'
}

export function mayServe({ officer }: DeskSnapshot): boolean {
  return officer?.roles.some((role) => role === 'officer' || role === 'supervisor') ?? false
}

/** The row that Panggil Berikutnya would call. Without the server only rows in this counter's own hand can be called. */
export function nextToCall({ waiting, connection }: DeskSnapshot): DeskSnapshot['waiting'][number] | undefined {
  return connection.state === 'online' ? waiting[0] : waiting.find((row) => row.mine)
}

export function refOf({ visitId, entryNo }: EntryRef): EntryRef {
  return { visitId, entryNo }
}
