/** Somebody new waits while nobody is at the desk: the label, for some seconds. */
import { useEffect, useRef, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'

const SHOWN_MS = 10_000

export function useNewcomer({ open, current, waiting }: DeskSnapshot): string | null {
  const known = useRef<ReadonlySet<string> | null>(null)
  const [label, setLabel] = useState<string | null>(null)
  const isFree = open && !current
  useEffect(() => {
    const before = known.current
    known.current = new Set(waiting.map(keyOf))
    const arrived = before && waiting.findLast((row) => !before.has(keyOf(row)))
    if (arrived && isFree) setLabel(arrived.label)
  }, [waiting, isFree])
  useEffect(() => {
    if (!label) return
    const timer = setTimeout(() => setLabel(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [label])
  return isFree && waiting.some((row) => row.label === label) ? label : null
}

function keyOf({ visitId, entryNo }: { visitId: string; entryNo: number }): string {
  return `${visitId}/${entryNo}`
}
