/** Keys that would mean two things at this PC. */
import { ShortcutAct, type ShortcutKeys } from '#contract/shortcuts.ts'
import { ACTS, type ActName } from '#renderer/desk/acts.ts'

export function isShortcutAct(act: ActName): act is ShortcutAct {
  return (ShortcutAct.options as readonly string[]).includes(act)
}

/** By act the other act of the desk that has the same key. */
export function keyClashes(keys: ShortcutKeys): Partial<Record<ShortcutAct, ActName>> {
  const names = Object.keys(ACTS) as ActName[]
  const keyOf = (act: ActName) => (isShortcutAct(act) ? keys[act] : ACTS[act].key)
  return Object.fromEntries(
    ShortcutAct.options.flatMap((act) => {
      const other = names.find((name) => name !== act && keyOf(name) === keys[act])
      return other ? [[act, other]] : []
    }),
  )
}
