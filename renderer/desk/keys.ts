/** Which key an act has on this PC: the one that was set, else the usual one. */
import { ACTS, type ActName } from '#renderer/desk/acts.ts'
import { isShortcutAct } from '#renderer/shortcuts/key-clashes.ts'
import { useShortcutSettings } from '#renderer/state/context.tsx'

export function useKeys(): (act: ActName) => string | undefined {
  const set = useShortcutSettings()?.keys
  return (act) => (set && isShortcutAct(act) ? set[act] : ACTS[act].key)
}
