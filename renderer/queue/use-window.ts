/** Which rows of a long list are in view: five hundred waiting visitors cost no more to draw than ten. */
import { type RefObject, useEffect, useRef, useState } from 'react'

const SPARE_ROWS = 4

export type ListWindow = { ref: RefObject<HTMLUListElement | null>; first: number; last: number }

/** `first` inclusive, `last` exclusive. Rows are `rowHeight` CSS pixels high. */
export function useWindow(count: number, rowHeight: number): ListWindow {
  const ref = useRef<HTMLUListElement>(null)
  const [view, setView] = useState({ first: 0, rows: 12 })
  // An empty list is not on the screen; the one that comes later is another element.
  const isEmpty = count === 0
  useEffect(() => {
    const list = ref.current
    if (isEmpty || !list) return
    const measure = () => {
      const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - SPARE_ROWS)
      const rows = Math.ceil(list.clientHeight / rowHeight) + 2 * SPARE_ROWS
      setView((before) => (before.first === first && before.rows === rows ? before : { first, rows }))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(list)
    list.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      list.removeEventListener('scroll', measure)
    }
  }, [rowHeight, isEmpty])
  const first = Math.min(view.first, Math.max(0, count - view.rows))
  return { ref, first, last: Math.min(count, first + view.rows) }
}
