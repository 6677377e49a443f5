/**
 * Panggil otomatis: after a visitor has left, the next one is called by itself after some seconds that everybody sees run down. An
 * officer's own choice on this PC, off until it is made. It follows only an act that ended a visit, never a correction.
 *
 * Both views of a screen show the same seconds, so that they run on in sight when one takes the place of the other. The view at
 * which the visit ended is the one that calls, until the other one gets the keyboard: what is refused must be read there. What
 * is open or under way in either of them stops the seconds.
 */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useClock } from '#renderer/state/context.tsx'
import { screenId } from '#renderer/transport/client.ts'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'
import { useIsMenuOpen } from '#renderer/ui/open-menus.ts'

const COUNTDOWN_S = 3

/** `at` by this PC's clock, which the views share. */
type Due = { at: number; by: string }

export type AutoCall = {
  isOn: boolean
  setOn: (isOn: boolean) => void
  /** Seconds until the next one is called; null while nothing counts down. */
  seconds: number | null
  cancel: () => void
}

export function useAutoCall(snapshot: DeskSnapshot, desk: DeskControl): AutoCall {
  const [chosen, setChosen] = useLocalStorage<Readonly<Record<string, boolean>>>({
    key: 'loket.autoCall',
    defaultValue: {},
    getInitialValueInEffect: false,
  })
  const officerId = snapshot.officer?.id ?? ''
  const isOn = chosen[officerId] === true
  const [due, setDue] = useLocalStorage<Due | null>({
    // The screens of a laptop share one storage.
    key: `loket.autoCall.due.${screenId(window.location) ?? ''}.${officerId}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  })
  // Not the page: what was left and comes back later calls nobody then.
  const [own] = useState(() => crypto.randomUUID())
  const seen = useRef(desk.ended)
  /** What ended is given to another desk and can still be taken back; the seconds begin after that. */
  const isGiven = useRef(false)
  const { press } = desk
  const newest = useRef(press)
  useEffect(() => {
    newest.current = press
  })
  // A pause by schedule that is due begins in a moment.
  const isPauseDue = snapshot.pauseAhead !== null && snapshot.pauseAhead.at <= snapshot.at
  // As long as a give-away can be taken back: a call would take that away.
  const { undo } = snapshot
  const isUndoable = useClock((now) => undo !== null && undo.kind !== 'call' && undo.until > now)
  const isMenuOpen = useIsMenuOpen()
  const isFree = useIsOnTop() && !isMenuOpen && desk.asking === null && !desk.command.busy
  const mayCallSoon = isOn && desk.primary === 'callNext' && isFree && !isPauseDue
  const mayCall = mayCallSoon && !isUndoable

  // What ended before the switch was turned on, or while nobody waited, calls nobody later.
  useEffect(() => {
    if (seen.current === desk.ended || desk.command.busy) return
    if (snapshot.current) {
      // Taken back, or somebody else was called meanwhile: then it is no longer what the next call follows.
      if (isGiven.current) seen.current = desk.ended
      isGiven.current = false
      return
    }
    isGiven.current = mayCallSoon && isUndoable
    if (isGiven.current) return
    seen.current = desk.ended
    if (mayCall) setDue({ at: Date.now() + COUNTDOWN_S * 1000, by: own })
  }, [desk.ended, desk.command.busy, snapshot.current, mayCall, mayCallSoon, isUndoable, own, setDue])
  const isOwn = due?.by === own
  useEffect(() => {
    if (!due) return
    if (!isOwn && !isFree) setDue(null)
    const claim = () => {
      if (due.at > Date.now()) setDue({ ...due, by: own })
    }
    const leave = () => {
      if (isOwn) setDue(null)
    }
    window.addEventListener('focus', claim)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('focus', claim)
      window.removeEventListener('pagehide', leave)
    }
  }, [due, isOwn, isFree, own, setDue])
  const seconds = useSecondsUntil(due?.at ?? null)
  useEffect(() => {
    if (!isOwn) return
    if (!mayCall || seconds === null) return setDue(null)
    if (seconds !== 0) return
    setDue(null)
    newest.current('callNext')
  }, [isOwn, mayCall, seconds, setDue])

  return {
    isOn,
    setOn: (on) => setChosen({ ...chosen, [officerId]: on }),
    seconds: mayCall && seconds ? seconds : null,
    cancel: () => setDue(null),
  }
}

/** Whole seconds, 0 when they are over; null when there is nothing to wait for, or when the PC's clock was set back meanwhile. */
function useSecondsUntil(at: number | null): number | null {
  const [ticks, setTicks] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each tick waits for the next
  useEffect(() => {
    if (at === null || at <= Date.now()) return
    const timer = setTimeout(() => setTicks((count) => count + 1), (at - Date.now()) % 1000 || 1000)
    return () => clearTimeout(timer)
  }, [at, ticks])
  const seconds = at === null ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000))
  return seconds !== null && seconds <= COUNTDOWN_S ? seconds : null
}
