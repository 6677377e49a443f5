/** What a shell does for the two views of one screen: the full desk, and the compact bar beside another program. */
import type { Result } from '#contract/desk-api.ts'
import type { PressedAct, ShortcutAct, ShortcutSettings, Shortcuts } from '#contract/shortcuts.ts'
import type { Observable } from '#main/shell/observable.ts'
import type { Signal } from '#main/shell/signal.ts'

export type View = 'desk' | 'bar'
export type ViewShown = { path: string | null }
export type ShortcutsSet = Result<{ refused: ShortcutAct[] }, 'NOT_IN_A_BROWSER' | 'SHORTCUTS_NOT_SAVED'>

export type ScreenViews = {
  showBar(): ViewShown
  /** With an act, the desk does what pressing it there would do. */
  showDesk(act: PressedAct | null): ViewShown
  /** In CSS pixels. */
  fitBar(height: number): void
  setShortcuts(settings: ShortcutSettings): ShortcutsSet
  shortcuts: Observable<Shortcuts | null>
  /** What is to be done at a view because a key of the system was pressed. */
  presses: Record<View, Signal<PressedAct>>
  /** What is to be done at the desk because it was pressed at the bar. */
  deskTask: Signal<PressedAct>
}
