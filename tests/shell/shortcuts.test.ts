/** When the system's keys are Loket's, to whom they go, and what a held or a refused key does. */
import { expect, test } from 'vitest'
import { DEFAULT_SHORTCUTS, type PressedAct, type ShortcutKeys, type ShortcutSettings } from '#contract/shortcuts.ts'
import { createShellShortcuts, type KeyTarget } from '#main/electron/shortcuts.ts'
import type { View } from '#main/shell/screen-views.ts'
import { createSignal } from '#main/shell/signal.ts'

const CTRL: ShortcutKeys = {
  callAgain: 'Ctrl+F1',
  callNext: 'Ctrl+F2',
  startServing: 'Ctrl+F3',
  complete: 'Ctrl+F4',
  noShow: 'Ctrl+F8',
}

/** A system that has these keys given to other programs already. */
function createSystem(elsewhere: string[] = [], written = true) {
  const keys = new Map<string, () => void>()
  let saved: ShortcutSettings = DEFAULT_SHORTCUTS
  const time = { now: 10_000 }
  const shortcuts = createShellShortcuts({
    registrar: {
      register(key, run) {
        if (elsewhere.includes(key) || keys.has(key)) return false
        keys.set(key, run)
        return true
      },
      unregister: (key) => keys.delete(key),
    },
    file: {
      shortcuts: () => saved,
      setShortcuts(settings) {
        if (written) saved = settings
        return written
      },
    },
    now: () => time.now,
  })
  return {
    shortcuts,
    time,
    saved: () => saved,
    keys: () => [...keys.keys()],
    press: (key: string) => keys.get(key)?.(),
  }
}

function createView(view: View) {
  const heard: PressedAct[] = []
  const shown = { value: false }
  const target: KeyTarget = { view, presses: createSignal(), isShown: () => shown.value }
  return { target, shown, heard, listen: () => target.presses.watch((act) => heard.push(act)) }
}

const DEFAULT_KEYS = ['F1', 'F2', 'F3', 'F4', 'F8']

test('keys are taken only while the bar is shown and its page listens', () => {
  const { shortcuts, keys, press } = createSystem()
  const bar = createView('bar')
  const end = bar.listen()
  shortcuts.prefer(bar.target)
  expect(keys()).toEqual([])
  bar.shown.value = true
  shortcuts.refresh()
  expect(keys()).toEqual(DEFAULT_KEYS)
  press('F2')
  expect(bar.heard).toEqual(['callNext'])
  end()
  shortcuts.refresh()
  expect(keys()).toEqual([])
})

test('the full desk gets keys only where that was set, and the bar goes first', () => {
  const { shortcuts, keys, press, time } = createSystem()
  const desk = createView('desk')
  const bar = createView('bar')
  desk.shown.value = true
  desk.listen()
  shortcuts.prefer(desk.target)
  expect(keys()).toEqual([])
  shortcuts.set({ ...DEFAULT_SHORTCUTS, scope: 'always' })
  expect(keys()).toEqual(DEFAULT_KEYS)
  press('F4')
  bar.shown.value = true
  bar.listen()
  shortcuts.prefer(bar.target)
  time.now += 1_000
  press('F4')
  shortcuts.forget(bar.target)
  time.now += 1_000
  press('F4')
  expect([desk.heard, bar.heard]).toEqual([['complete', 'complete'], ['complete']])
  shortcuts.set({ ...DEFAULT_SHORTCUTS, scope: 'never' })
  expect(keys()).toEqual([])
})

test('a key that is held down or pressed twice in a hurry is one press', () => {
  const { shortcuts, press, time } = createSystem()
  const bar = createView('bar')
  bar.shown.value = true
  bar.listen()
  shortcuts.prefer(bar.target)
  // As Windows repeats it: after half a second, then thirty times a second.
  for (const ms of [0, 500, ...Array<number>(40).fill(33)]) {
    time.now += ms
    press('F4')
  }
  expect(bar.heard).toEqual(['complete'])
  press('F2')
  time.now += 700
  press('F4')
  expect(bar.heard).toEqual(['complete', 'callNext', 'complete'])
})

test('a key that another program has is told, the others work, and a free key mends it', () => {
  const { shortcuts, keys, press } = createSystem(['F1', 'Ctrl+F8'])
  const bar = createView('bar')
  bar.shown.value = true
  bar.listen()
  shortcuts.prefer(bar.target)
  expect(shortcuts.state.get().refused).toEqual(['callAgain'])
  press('F2')
  expect(bar.heard).toEqual(['callNext'])
  expect(shortcuts.set({ keys: { ...CTRL, noShow: 'F8' }, scope: 'bar' })).toEqual({ ok: true, data: { refused: [] } })
  expect(shortcuts.state.get().refused).toEqual([])
  expect(keys()).toEqual(['F8', 'Ctrl+F1', 'Ctrl+F2', 'Ctrl+F3', 'Ctrl+F4'])
})

test('new keys are tried when they are set, also while nobody listens, and then given back', () => {
  const { shortcuts, keys, saved } = createSystem(['Ctrl+F4'])
  expect(shortcuts.set({ keys: CTRL, scope: 'bar' })).toEqual({ ok: true, data: { refused: ['complete'] } })
  expect(shortcuts.state.get()).toEqual({ keys: CTRL, scope: 'bar', refused: ['complete'] })
  expect(saved().keys).toEqual(CTRL)
  expect(keys()).toEqual([])
})

test('keys that cannot be written down stay as they were', () => {
  const { shortcuts, saved } = createSystem([], false)
  expect(shortcuts.set({ keys: CTRL, scope: 'always' })).toEqual({ ok: false, code: 'SHORTCUTS_NOT_SAVED' })
  expect(shortcuts.state.get()).toEqual({ ...DEFAULT_SHORTCUTS, refused: [] })
  expect(saved()).toEqual(DEFAULT_SHORTCUTS)
})
