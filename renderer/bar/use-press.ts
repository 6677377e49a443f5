/** Acts that are pressed elsewhere: by a key of the system, or at the screen's other view. */
import { useEffect, useRef } from 'react'
import type { PressedAct } from '#contract/shortcuts.ts'
import { useClient } from '#renderer/state/context.tsx'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'

/** The shell takes keys from other programs only for a view that listens, so listen only when there is something to do. */
type PressTopic = 'deskPress' | 'barPress' | 'deskTask'

export function usePress(topic: PressTopic, onPress: (act: PressedAct) => void, enabled: boolean): void {
  const client = useClient()
  const isHeard = useIsOnTop() && enabled
  const newest = useRef(onPress)
  useEffect(() => {
    newest.current = onPress
  })
  useEffect(() => {
    if (!isHeard) return
    return client.subscribe(topic, (act) => newest.current(act))
  }, [client, topic, isHeard])
}
