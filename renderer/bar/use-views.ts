/** From the full desk to the compact bar and back. In a browser the bar is a small page of its own. */
import { useCallback } from 'react'
import type { PressedAct } from '#contract/shortcuts.ts'
import { useClient } from '#renderer/state/context.tsx'

const POPUP = 'popup,width=600,height=130'

export function useShowBar(): () => void {
  const client = useClient()
  return useCallback(async () => {
    const result = await client.invoke('shell.showBar', {})
    if (result.ok && result.data.path) window.open(result.data.path, 'loket-bar', POPUP)
  }, [client])
}

/** With an act, the desk does what pressing it there would do. */
export function useShowDesk(): (act: PressedAct | null) => void {
  const client = useClient()
  return useCallback(
    async (act) => {
      const result = await client.invoke('shell.showDesk', { act })
      if (!result.ok || !result.data.path) return
      if (!window.opener) window.location.assign(result.data.path)
      else {
        window.opener.focus()
        window.close()
      }
    },
    [client],
  )
}
