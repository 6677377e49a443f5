/**
 * What an officer typed as a note and has not kept yet. It outlives a screen that locks itself and a question that was left, but
 * never its officer, and it is nowhere but in the memory of this page.
 */
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { EntryRef } from '#domain/events.ts'

type Drafts = Map<string, string>

const NoteDraftsContext = createContext<Drafts | null>(null)

/** Its key is the officer. */
export function NoteDrafts({ children }: { children: ReactNode }) {
  const [drafts] = useState<Drafts>(() => new Map())
  return <NoteDraftsContext value={drafts}>{children}</NoteDraftsContext>
}

export function useNoteDraft(about: EntryRef | null): [string, (typed: string) => void] {
  const drafts = useContext(NoteDraftsContext)
  if (!drafts) throw new Error('NoteDrafts is missing')
  const key = `${about?.visitId}/${about?.entryNo}`
  const [typed, setTyped] = useState(drafts.get(key) ?? '')
  const change = (value: string) => {
    drafts.set(key, value)
    setTyped(value)
  }
  return [typed, change]
}
