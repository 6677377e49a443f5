/** What the compact bar remembers on this PC. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DEFAULT_SHORTCUTS, ShortcutSettings } from '#contract/shortcuts.ts'
import { openBarFile } from '#main/electron/bar-file.ts'
import { createRecordedLog } from '#tests/shell/fakes/recorded-log.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const PLACE = { displayId: 7, x: 40, y: 0, width: 640 }
const OTHER_KEYS: ShortcutSettings = {
  keys: { ...DEFAULT_SHORTCUTS.keys, noShow: 'Ctrl+Shift+F8' },
  scope: 'always',
}

describe('the file of the bar', () => {
  test('keeps the place of each screen and the keys over a restart', () => {
    const path = join(tempFolder(), 'bar.json')
    const first = openBarFile(path, createRecordedLog())
    expect([first.place('desk'), first.shortcuts()]).toEqual([null, DEFAULT_SHORTCUTS])
    first.setPlace('desk', PLACE)
    first.setPlace('polres-1', { ...PLACE, x: 50 })
    expect(first.setShortcuts(OTHER_KEYS)).toBe(true)
    const again = openBarFile(path, createRecordedLog())
    expect([again.place('desk'), again.place('polres-1')?.x, again.shortcuts()]).toEqual([PLACE, 50, OTHER_KEYS])
  })

  test.each([
    ['no JSON', '{"places":'],
    ['a place without numbers', JSON.stringify({ shortcuts: DEFAULT_SHORTCUTS, places: { desk: { x: 'left' } } })],
    [
      'one key for two acts',
      JSON.stringify({ shortcuts: { scope: 'bar', keys: { ...DEFAULT_SHORTCUTS.keys, noShow: 'F1' } }, places: {} }),
    ],
  ])('is ignored when it is damaged (%s), and that is logged', (_name, text) => {
    const path = join(tempFolder(), 'bar.json')
    writeFileSync(path, text)
    const log = createRecordedLog()
    const file = openBarFile(path, log)
    expect([file.place('desk'), file.shortcuts()]).toEqual([null, DEFAULT_SHORTCUTS])
    expect(log.lines.map((line) => line.split(' {')[0])).toEqual(['settings of the bar ignored'])
  })

  test('that cannot be written says so, keeps the keys as they were and the place for this run', () => {
    const path = join(tempFolder(), 'bar.json')
    mkdirSync(`${path}.new`)
    const log = createRecordedLog()
    const file = openBarFile(path, log)
    expect(file.setShortcuts(OTHER_KEYS)).toBe(false)
    file.setPlace('desk', PLACE)
    expect([file.shortcuts(), file.place('desk')]).toEqual([DEFAULT_SHORTCUTS, PLACE])
    expect(log.lines.length).toBe(2)
    expect(() => readFileSync(path)).toThrow('ENOENT')
  })
})

test('keys are function keys, and one key is never for two acts', () => {
  const set = (noShow: string) =>
    ShortcutSettings.safeParse({ scope: 'bar', keys: { ...DEFAULT_SHORTCUTS.keys, noShow } }).success
  expect(['F8', 'F12', 'Ctrl+F8', 'Shift+F8', 'Ctrl+Shift+F12'].map(set)).toEqual([true, true, true, true, true])
  expect(['F1', 'A', 'F13', 'Alt+F4', 'Shift+Ctrl+F5', ''].map(set)).toEqual(Array(6).fill(false))
})
