/** Nobody has to reach for the mouse: a focus that falls to nowhere comes to the next sensible step, so that Enter goes on. */
import { useEffect, useRef } from 'react'
import type { ActName } from '#renderer/desk/acts.ts'
import { focusGuarded } from '#renderer/ui/focus-guarded.ts'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'

/** A list or a menu that keeps its focus itself comes first. */
const OTHERS_MS = 50
/** Longer than a dialog takes to leave. */
const DIALOG_GONE_MS = 250

/**
 * `acts` are the buttons that stand by for the big one while there is none. What somebody uses, a field or a menu, keeps its
 * focus; behind a dialog nothing is taken.
 */
export function usePrimaryFocus(primary: ActName | null, isAsking: boolean) {
  const big = useRef<HTMLButtonElement>(null)
  const acts = useRef<HTMLDivElement>(null)
  /** Got the focus without being asked for, so it gives it on. */
  const standIn = useRef<Element | null>(null)
  /** Of a screen that only just came nobody has pressed anything yet. */
  const isNew = useRef(true)
  const isHeard = useIsOnTop() && !isAsking

  // biome-ignore lint/correctness/useExhaustiveDependencies: with another step the big button is another one
  useEffect(() => {
    if (!isHeard) return
    const takeFocus = () => {
      const { activeElement, body } = document
      if (activeElement !== body && (activeElement !== standIn.current || !big.current)) return
      const next = big.current ?? acts.current?.querySelector('button') ?? document.querySelector('main button')
      if (!(next instanceof HTMLElement)) return
      standIn.current = next === big.current ? null : next
      if (isNew.current) next.focus()
      else focusGuarded(next)
      isNew.current = false
    }
    let timers: ReturnType<typeof setTimeout>[] = []
    const stop = () => timers.forEach(clearTimeout)
    const look = (...after: number[]) => {
      stop()
      timers = after.map((ms) => setTimeout(takeFocus, ms))
    }
    // What had the focus may leave the screen at any time; Tab, which goes round by nowhere, is left alone.
    let last = document.activeElement
    const onFocus = () => {
      last = document.activeElement
    }
    const observer = new MutationObserver(() => {
      if (document.activeElement === document.body && !last?.isConnected) look(OTHERS_MS, DIALOG_GONE_MS)
    })
    const onClick = () => look(OTHERS_MS)
    look(0, DIALOG_GONE_MS)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', onFocus)
    document.addEventListener('click', onClick)
    return () => {
      stop()
      observer.disconnect()
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('click', onClick)
    }
  }, [primary, isHeard])
  return { big, acts }
}
