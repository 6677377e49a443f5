/** What can be done at any moment by whoever is signed in: lock the screen, and let somebody else sit down. */
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { ChangeOfficer } from '#renderer/counter/change-officer.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

export const LOCK_KEY = 'Ctrl+L'
export const CHANGE_KEY = 'Ctrl+G'

type Acts = { lock: () => void; changeOfficer: () => void }

const SessionActsContext = createContext<Acts | null>(null)

export function useSessionActs(): Acts {
  const acts = useContext(SessionActsContext)
  if (!acts) throw new Error('SessionActs is missing')
  return acts
}

export function SessionActs({ officerId, children }: { officerId: string; children: ReactNode }) {
  const text = useText()
  const [isChanging, setChanging] = useState(false)
  const session = useCommand()
  const lock = () => void session.run('session.lock', {})
  const changeOfficer = () => setChanging(true)
  useLockKey(lock)
  useShortcuts({ [CHANGE_KEY]: changeOfficer }, !isChanging)
  return (
    <SessionActsContext value={{ lock, changeOfficer }}>
      {session.failure && <FailureNotice failure={session.failure} />}
      {children}
      <Dialog open={isChanging} title={text('officer.change')} onClose={() => setChanging(false)} wide>
        <ChangeOfficer officerId={officerId} />
      </Dialog>
    </SessionActsContext>
  )
}

/** Also in a field and over a question: whoever gets up presses it without looking. */
export function useLockKey(lock: () => void): void {
  const newest = useRef(lock)
  useEffect(() => {
    newest.current = lock
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isLock = event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'l'
      if (!isLock) return
      event.preventDefault()
      if (!event.repeat) newest.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
