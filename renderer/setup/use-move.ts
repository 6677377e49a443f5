/** The file that another PC of this counter was exported to. The host reads it; nothing changes until the enrolment. */
import { useState } from 'react'
import type { Failure, MethodOutput } from '#contract/desk-api.ts'
import { useCommand } from '#renderer/state/use-command.ts'

export type Moved = MethodOutput<'devices.readExport'>

const UNREADABLE: Failure = { ok: false, code: 'EXPORT_UNREADABLE' }

export function useMove(onMoved: (moved: Moved) => void) {
  const command = useCommand()
  const [moved, setMoved] = useState<Moved | null>(null)
  const [isUnreadable, setIsUnreadable] = useState(false)
  return {
    moved,
    busy: command.busy,
    failure: isUnreadable ? UNREADABLE : command.failure,
    drop: () => setMoved(null),
    async read(text: string | null) {
      setIsUnreadable(text === null)
      const read = text === null ? null : await command.run('devices.readExport', { text })
      if (!read) return
      setMoved(read)
      onMoved(read)
    },
  }
}
