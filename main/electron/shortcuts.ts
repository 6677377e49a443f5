/** Which keys of the system are Loket's now, and to which view of which screen they go. */
import type { PressedAct, ShortcutSettings, Shortcuts } from '#contract/shortcuts.ts'
import type { BarFile } from '#main/electron/bar-file.ts'
import { createGlobalKeys, type KeyRegistrar } from '#main/electron/global-keys.ts'
import { createSource, type Observable } from '#main/shell/observable.ts'
import type { ShortcutsSet, View } from '#main/shell/screen-views.ts'
import type { Signal } from '#main/shell/signal.ts'

/** A view that may be given keys: it takes some only while its page listens. */
export type KeyTarget = { view: View; presses: Signal<PressedAct>; isShown(): boolean }

export type ShellShortcuts = {
  state: Observable<Shortcuts>
  set(settings: ShortcutSettings): ShortcutsSet
  /** From now on the keys go to this view first. */
  prefer(target: KeyTarget): void
  forget(target: KeyTarget): void
  /** A view was shown or hidden, or its page began or ended to listen. */
  refresh(): void
}

type ShortcutsOptions = { file: Pick<BarFile, 'shortcuts' | 'setShortcuts'>; registrar: KeyRegistrar; now(): number }

export function createShellShortcuts({ file, registrar, now }: ShortcutsOptions): ShellShortcuts {
  /** The one used last comes first. */
  let targets: KeyTarget[] = []
  const state = createSource<Shortcuts>({ ...file.shortcuts(), refused: [] })
  const keys = createGlobalKeys({ registrar, now, onPress: (act) => listening()?.presses.send(act) })

  function listening(): KeyTarget | undefined {
    const { scope } = state.get()
    return targets.find(({ view, presses, isShown }) => {
      const may = scope === 'always' || (scope === 'bar' && view === 'bar')
      return may && isShown() && presses.heard.get()
    })
  }

  function refresh(): void {
    const wanted = listening() ? state.get().keys : null
    const refused = keys.take(wanted)
    if (wanted && String(refused) !== String(state.get().refused)) state.set({ ...state.get(), refused })
  }

  return {
    state,
    refresh,
    set(settings) {
      if (!file.setShortcuts(settings)) return { ok: false, code: 'SHORTCUTS_NOT_SAVED' }
      // Only taking a key tells whether it is to be had; it is given back when nobody listens now.
      const refused = settings.scope === 'never' ? [] : keys.take(settings.keys)
      state.set({ ...settings, refused })
      refresh()
      return { ok: true, data: { refused } }
    },
    prefer(target) {
      targets = [target, ...targets.filter((other) => other !== target)]
      refresh()
    },
    forget(target) {
      targets = targets.filter((other) => other !== target)
      refresh()
    },
  }
}
