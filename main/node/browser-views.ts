/** The two views in a browser: pages of their own. The system hands no keys to a page in the background. */
import type { PressedAct } from '#contract/shortcuts.ts'
import { createSource } from '#main/shell/observable.ts'
import type { ScreenViews } from '#main/shell/screen-views.ts'
import { createSignal } from '#main/shell/signal.ts'

/** `deskPath`: the address of the screen's full desk, which already has a query. */
export function createBrowserViews(deskPath: string): ScreenViews {
  const presses = { desk: createSignal<PressedAct>(), bar: createSignal<PressedAct>() }
  const deskTask = createSignal<PressedAct>()
  return {
    showBar: () => ({ path: `${deskPath}&view=bar` }),
    showDesk(act) {
      if (act) deskTask.send(act)
      return { path: deskPath }
    },
    // A page cannot size the window it is in.
    fitBar() {},
    setShortcuts: () => ({ ok: false, code: 'NOT_IN_A_BROWSER' }),
    shortcuts: createSource(null),
    presses,
    deskTask,
  }
}
