/** What ends a visit asks first; the key that asked, here or in another program, pressed again takes the usual answer. */
import { useState } from 'react'
import type { ShortcutAct } from '#contract/shortcuts.ts'
import { usePress } from '#renderer/bar/use-press.ts'
import { useKeys } from '#renderer/desk/keys.ts'
import { GUARD_MS } from '#renderer/ui/focus-guarded.ts'
import { useShortcuts } from '#renderer/ui/use-shortcuts.ts'

/** Answers the key, to be shown on the button that it presses. */
export function useSameKey(act: ShortcutAct, onUsual: () => void): string | undefined {
  const key = useKeys()(act)
  const [askedAt] = useState(() => performance.now())
  // Not in its double press.
  const again = () => {
    if (performance.now() - askedAt > GUARD_MS) onUsual()
  }
  useShortcuts(key ? { [key]: again } : {}, true)
  usePress('deskPress', (pressed) => pressed === act && again(), true)
  return key
}
