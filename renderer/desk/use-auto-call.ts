/**
 * Panggil otomatis: after a visitor has left, the next one is called by itself after some seconds that everybody sees run down. An
 * officer's own choice on this PC, off until it is made. It follows only an act that ended a visit, never a correction.
 */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DeskControl } from '#renderer/desk/use-desk.ts'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'

const COUNTDOWN_S = 3

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
  const [seconds, setSeconds] = useState<number | null>(null)
  const seen = useRef(desk.ended)
  const { press } = desk
  const newest = useRef(press)
  useEffect(() => {
    newest.current = press
  })
  // A pause by schedule that is due begins in a moment.
  const isPauseDue = snapshot.pauseAhead !== null && snapshot.pauseAhead.at <= snapshot.at
  // As long as a give-away can be taken back: a call would take that away.
  const isUndoable = snapshot.undo !== null && snapshot.undo.kind !== 'call'
  const isFree = useIsOnTop() && desk.asking === null && !desk.command.busy
  const mayCall = desk.primary === 'callNext' && isFree && !isPauseDue && !isUndoable

  // What ended before the switch was turned on, or while nobody waited, calls nobody later.
  useEffect(() => {
    if (seen.current === desk.ended || desk.command.busy) return
    if (snapshot.current) return
    seen.current = desk.ended
    if (isOn && mayCall) setSeconds(COUNTDOWN_S)
  }, [desk.ended, desk.command.busy, snapshot.current, isOn, mayCall])
  useEffect(() => {
    if (seconds === null) return
    if (!mayCall || !isOn) return setSeconds(null)
    const timer = setTimeout(() => {
      if (seconds > 1) return setSeconds(seconds - 1)
      setSeconds(null)
      newest.current('callNext')
    }, 1000)
    return () => clearTimeout(timer)
  }, [seconds, mayCall, isOn])

  return {
    isOn,
    setOn: (on) => setChosen({ ...chosen, [officerId]: on }),
    seconds,
    cancel: () => setSeconds(null),
  }
}
