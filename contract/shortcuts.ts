/**
 * The keys of the acts that are pressed most. One key means one act, at the desk, on the compact bar and, where the system
 * hands it over, in every other program of the PC.
 */
import { z } from 'zod'

export const ShortcutAct = z.enum(['callAgain', 'callNext', 'startServing', 'complete', 'noShow'])
export type ShortcutAct = z.infer<typeof ShortcutAct>

/** Written as Electron takes it. Function keys only, because any other key is part of somebody's text. */
const ShortcutKey = z.string().regex(/^(Ctrl\+)?(Shift\+)?F([1-9]|1[0-2])$/)
const Keys = z.record(ShortcutAct, ShortcutKey)
export type ShortcutKeys = z.infer<typeof Keys>

/** When the system hands the keys over to Loket while another program is in front. */
export const ShortcutScope = z.enum(['never', 'bar', 'always'])
export type ShortcutScope = z.infer<typeof ShortcutScope>

export const ShortcutSettings = z
  .object({ keys: Keys, scope: ShortcutScope })
  .refine(({ keys }) => new Set(Object.values(keys)).size === ShortcutAct.options.length, 'one key, one act')
export type ShortcutSettings = z.infer<typeof ShortcutSettings>

/** Why these: docs/decisions, one key means one act. */
export const DEFAULT_SHORTCUTS: ShortcutSettings = {
  keys: { callAgain: 'F1', callNext: 'F2', startServing: 'F3', complete: 'F4', noShow: 'F8' },
  scope: 'bar',
}

/** The settings, and the acts whose key the system did not hand over when it was last asked. */
export type Shortcuts = ShortcutSettings & { refused: ShortcutAct[] }

/**
 * An act that is pressed at one view of a screen, or by a key of the system, and done at another: its name in the screen's own
 * table. A view does nothing about one that is not possible at the moment.
 */
export const PressedAct = z.string().regex(/^[a-zA-Z]{1,40}$/)
export type PressedAct = z.infer<typeof PressedAct>
