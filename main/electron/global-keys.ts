/** The keys that the system hands to Loket while another program is in front. */
import { ShortcutAct, type ShortcutKeys } from '#contract/shortcuts.ts'

/** Electron's globalShortcut. */
export type KeyRegistrar = { register(key: string, run: () => void): boolean; unregister(key: string): void }

export type GlobalKeys = {
  /** Takes exactly these keys, or none, and answers the acts whose key another program has. */
  take(keys: ShortcutKeys | null): ShortcutAct[]
}

type GlobalKeysOptions = {
  registrar: KeyRegistrar
  onPress(act: ShortcutAct): void
  /** Monotonic milliseconds. */
  now(): number
}

/** A key that is held down comes again and again, the first time after half a second: that is one press. */
const HELD_MS = 600

export function createGlobalKeys({ registrar, onPress, now }: GlobalKeysOptions): GlobalKeys {
  const taken = new Map<ShortcutAct, string>()
  const lastPress = new Map<ShortcutAct, number>()

  function press(act: ShortcutAct): void {
    const before = lastPress.get(act) ?? Number.NEGATIVE_INFINITY
    lastPress.set(act, now())
    if (now() - before > HELD_MS) onPress(act)
  }

  return {
    take(keys) {
      for (const [act, key] of [...taken]) {
        if (keys?.[act] === key) continue
        registrar.unregister(key)
        taken.delete(act)
      }
      if (!keys) return []
      for (const act of ShortcutAct.options) {
        if (!taken.has(act) && registrar.register(keys[act], () => press(act))) taken.set(act, keys[act])
      }
      return ShortcutAct.options.filter((act) => !taken.has(act))
    },
  }
}
