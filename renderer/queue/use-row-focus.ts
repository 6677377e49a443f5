/**
 * One tab stop for a list of any length: arrow keys move between the rows' buttons. The row that has the focus is always drawn,
 * and when it leaves the list the focus goes to the list, not to nowhere.
 */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

export type RowFocus = {
  /** Index of the row whose button had the focus last, or -1. */
  active: number
  /** To be spread over the list. */
  list: { onFocus: () => void; onBlur: (event: { relatedTarget: EventTarget | null }) => void }
  onKey: (event: KeyboardEvent) => void
  setActive: (key: string) => void
}

/** Longer than a menu takes to leave. */
const MENU_GONE_MS = 250

export function useRowFocus(ref: RefObject<HTMLUListElement | null>, keys: readonly string[]): RowFocus {
  const [activeKey, setActive] = useState<string | null>(null)
  const isInside = useRef(false)
  const wanted = useRef<string | null>(null)
  const found = activeKey === null ? -1 : keys.indexOf(activeKey)
  const isGone = activeKey !== null && found < 0

  useEffect(() => {
    const button = wanted.current === null ? null : rowButton(ref.current, wanted.current)
    wanted.current = null
    button?.focus({ preventScroll: true })
    button?.closest('li')?.scrollIntoView({ block: 'nearest' })
  })
  useEffect(() => {
    if (!isGone || !isInside.current) return
    const takeFocus = () => {
      if (document.activeElement === document.body) ref.current?.focus({ preventScroll: true })
    }
    const timers = [0, MENU_GONE_MS].map((ms) => setTimeout(takeFocus, ms))
    return () => timers.forEach(clearTimeout)
  }, [isGone, ref])

  const go = (index: number) => {
    const key = keys[Math.max(0, Math.min(index, keys.length - 1))]
    if (key === undefined) return
    wanted.current = key
    setActive(key)
  }
  return {
    active: found,
    list: {
      onFocus: () => {
        isInside.current = true
      },
      // A button that is taken off the screen loses the focus to nobody: then the list still has it.
      onBlur: ({ relatedTarget }) => {
        if (relatedTarget) isInside.current = false
      },
    },
    onKey(event) {
      const to = { ArrowDown: found + 1, ArrowUp: found - 1, Home: 0, End: keys.length - 1 }[event.key]
      if (to === undefined) return
      event.preventDefault()
      go(to)
    },
    setActive,
  }
}

function rowButton(list: HTMLUListElement | null, key: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`) ?? null
}
