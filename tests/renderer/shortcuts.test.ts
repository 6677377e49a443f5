/** The desk's side of the compact bar: the way there and back, and the keys that a PC has set. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { DEFAULT_SHORTCUTS, type Shortcuts } from '#contract/shortcuts.ts'
import { ACTS } from '#renderer/desk/acts.ts'
import { keyClashes } from '#renderer/shortcuts/key-clashes.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'
import { calledEntry, openCounter, servingEntry, waitingRows } from '#tests/renderer/sample-screens.ts'
import { type Shown, screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const methods = (host: FakeHost) => host.received.map(({ method }) => method)
const USUAL: Shortcuts = { ...DEFAULT_SHORTCUTS, refused: [] }
const SET: Shortcuts = { ...USUAL, keys: { ...USUAL.keys, callNext: 'Ctrl+Shift+F5', startServing: 'F2' } }

describe('what is pressed on the bar and asks something', () => {
  const answers: [string, (page: Page) => Promise<void>, string[]][] = [
    ['answered', (page) => page.keyboard.press('1'), ['queue.complete', 'shell.showBar']],
    ['left', (page) => page.keyboard.press('Escape'), ['shell.showBar']],
  ]
  test.each(answers)('is asked at the desk and, once %s, the bar has the place again', async (_name, answer, asked) => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(4) }) })
    playCounter(host)
    host.answer('shell.showBar', () => ({ ok: true, data: { path: null } }))
    host.press('deskTask', 'complete')
    await button(page, 'Layanan diberikan').waitFor()
    await answer(page)
    await expect.poll(() => methods(host)).toEqual(asked)
  })

  test('is no key of the system, after which the desk stays where it is', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: waitingRows(2) }) })
    playCounter(host)
    host.press('deskPress', 'callNext')
    await button(page, /Mulai Layani/).waitFor()
    await page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
    host.press('deskPress', 'noShow')
    await button(page, 'Ya, tidak hadir').click()
    await button(page, /Panggil Berikutnya/).waitFor()
    await page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
    await page.waitForTimeout(100)
    expect(methods(host)).toEqual(['queue.callNext', 'queue.noShow'])
  })

  test('stays at the desk when it is refused, with the reason', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(4) }) })
    host.answer('queue.complete', () => ({ ok: false, code: 'STALE_SCREEN' }))
    host.press('deskTask', 'complete')
    await button(page, 'Layanan diberikan').click()
    await page.getByRole('alert').waitFor()
    host.answer('session.signOut', () => DONE)
    expect(methods(host)).toEqual(['queue.complete'])
  })

  test.each([
    ['F4', 'complete', servingEntry(4), 'Layanan diberikan', 'queue.complete'],
    ['F8', 'noShow', calledEntry(), 'Ya, tidak hadir', 'queue.noShow'],
  ])('takes its usual answer by the same key (%s), after its double press and before any other', async (...row) => {
    const [key, act, current, usual, method] = row
    for (const again of [
      ({ page }: Shown) => page.keyboard.press(key),
      async ({ host }: Shown) => host.press('deskPress', act),
    ]) {
      const shown = await show({ desk: openCounter({ current }) })
      const { host, page } = shown
      playCounter(host)
      host.answer('shell.showBar', () => ({ ok: true, data: { path: null } }))
      host.press('deskTask', act)
      await button(page, usual).waitFor()
      await again(shown)
      for (const other of ['callAgain', 'startServing', 'hold']) host.press('deskPress', other)
      await page.keyboard.press('F1')
      await page.waitForTimeout(550)
      expect(methods(host)).toEqual([])
      await again(shown)
      await expect.poll(() => methods(host)).toEqual([method, 'shell.showBar'])
    }
  })

  test('takes no usual answer while what was typed is wrong', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(4, { serviceId: 'skck' }) }) })
    await page.keyboard.press('F4')
    await page.getByLabel('Nomor transaksi bank').fill('?')
    await page.waitForTimeout(550)
    await page.keyboard.press('F4')
    await page.waitForFunction(() => document.querySelector('[role=dialog] [aria-invalid=true]'))
    expect(methods(host)).toEqual([])
  })

  test('is nothing when the desk has got on', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: waitingRows(2) }) })
    playCounter(host)
    host.press('deskTask', 'complete')
    await page.keyboard.press('F2')
    await button(page, /Mulai Layani/).waitFor()
    expect(methods(host)).toEqual(['queue.callNext'])
  })
})

test('the way to the bar stands in the header; in a browser it is a small page of its own', async () => {
  const { host, page } = await show({ desk: openCounter({ current: calledEntry({ label: '4K-0123' }) }) })
  host.answer('shell.showBar', () => ({ ok: true, data: { path: '/?screen=test&view=bar' } }))
  host.answer('shell.fitBar', () => DONE)
  host.answer('shell.showDesk', () => ({ ok: true, data: { path: '/?screen=test' } }))
  const opened = page.context().waitForEvent('page')
  await button(page, 'Bilah ringkas').click()
  const bar = await opened
  await bar.getByText('4K-0123').first().waitFor()
  const closed = bar.waitForEvent('close')
  await button(bar, 'Buka layar loket').click()
  await closed
})

test('the table of acts has the usual keys, and no key twice', () => {
  for (const [act, key] of Object.entries(DEFAULT_SHORTCUTS.keys)) expect(ACTS[act as keyof typeof ACTS].key).toBe(key)
  expect(keyClashes(DEFAULT_SHORTCUTS.keys)).toEqual({})
  expect(keyClashes({ ...USUAL.keys, callNext: 'F1', noShow: 'F6' })).toEqual({
    callAgain: 'callNext',
    callNext: 'callAgain',
    noShow: 'forward',
  })
})

describe('keys that this PC has set', () => {
  test('work at the desk in place of the usual ones, and stand on the buttons', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: waitingRows(2) }), shortcuts: SET })
    playCounter(host)
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+F5')
    await button(page, /Panggil Berikutnya/)
      .getByText('Ctrl+Shift+F5')
      .waitFor()
    await page.keyboard.press('Control+Shift+F5')
    await button(page, /Mulai Layani/)
      .getByText('F2')
      .waitFor()
    await page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
    await page.keyboard.press('F2')
    await button(page, /Selesai/).waitFor()
    expect(methods(host)).toEqual(['queue.callNext', 'queue.startServing'])
  })

  test('are set in a dialog that refuses one key for two acts and names what another program has', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: [] }), shortcuts: USUAL })
    await button(page, /Sari/).click()
    await page.getByRole('menuitem', { name: 'Tombol pintas' }).click()
    const next = page.getByLabel('Panggil Berikutnya')
    await next.selectOption('F6')
    await page.getByText('Sudah untuk Alihkan.').waitFor()
    await button(page, 'Simpan').click()
    expect(methods(host)).toEqual([])
    host.answer('shell.setShortcuts', () => ({ ok: true, data: { refused: ['callNext'] } }))
    await next.selectOption('Ctrl+F2')
    await page.getByText('Tidak pernah').click()
    await button(page, 'Simpan').click()
    await page.getByText('Dipakai program lain di komputer ini').waitFor()
    host.answer('shell.setShortcuts', () => ({ ok: false, code: 'SHORTCUTS_NOT_SAVED' }))
    await button(page, 'Kembalikan tombol semula').click()
    await button(page, 'Simpan').click()
    await page.getByText('Tombol lama tetap berlaku').waitFor()
    host.answer('shell.setShortcuts', () => ({ ok: true, data: { refused: [] } }))
    await button(page, 'Simpan').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(host.received.map(({ input }) => input)).toEqual([
      { keys: { ...USUAL.keys, callNext: 'Ctrl+F2' }, scope: 'never' },
      DEFAULT_SHORTCUTS,
      DEFAULT_SHORTCUTS,
    ])
  })

  test('are no matter in a browser, where no system hands keys over', async () => {
    const { page } = await show({ desk: openCounter() })
    await button(page, /Sari/).click()
    await page.getByRole('menuitem', { name: 'Keluar' }).waitFor()
    expect(await page.getByRole('menuitem').allTextContents()).not.toContain('Tombol pintas')
  })
})
