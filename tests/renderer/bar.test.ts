/** The compact bar in a real Chromium, in the size of its window. */

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { barSuite, button, focused } from '#tests/renderer/bar-page.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import { calledEntry, openCounter, servingEntry, waitingRows } from '#tests/renderer/sample-screens.ts'
import { SLIP, scanSlip } from '#tests/renderer/scan-slip.ts'
import { scan } from '#tests/renderer/scanner.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { changeLanguage, openState, STATES } from '#tests/renderer/screens/index.ts'

const showScreen = screenSuite()
const show = barSuite(showScreen)
/** SKCK costs something. */
const PAID_SERVICE = 'skck'
const beyondGuard = (page: Page) => page.waitForTimeout(550)
const PAUSE = { reason: 'prayer' as const, since: Date.now() - 600_000, backAt: Date.now() + 600_000, scheduled: false }

describe('on the compact bar', () => {
  test('a visit goes from call to end by the keys that it has at the desk', async () => {
    const { host, page, asked, methods } = await show(openCounter({ waiting: waitingRows(2) }))
    playCounter(host)
    const [first] = host.snapshot().waiting
    for (const [key, next] of [
      ['F2', 'Mulai Layani'],
      ['F1', 'Mulai Layani'],
      ['F3', 'Selesai'],
      ['F4', 'Layanan diberikan'],
    ] as const) {
      await page.keyboard.press(key)
      await button(page, next).waitFor()
      await page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
    }
    await beyondGuard(page)
    await page.keyboard.press('F4')
    await button(page, 'Panggil Berikutnya').waitFor()
    expect(methods()).toEqual(['queue.callNext', 'queue.callAgain', 'queue.startServing', 'queue.complete'])
    expect(asked().at(-1)?.input).toMatchObject({
      visitId: first?.visitId,
      outcome: 'delivered',
      paymentReference: null,
    })
  })

  test('the second half of a double press neither answers the question nor presses the next step', async () => {
    const { host, page, methods } = await show(openCounter({ current: servingEntry(4) }))
    playCounter(host)
    await page.keyboard.press('F4')
    await page.keyboard.press('F4')
    await button(page, 'Layanan diberikan').waitFor()
    expect(methods()).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('Selesai')
    await beyondGuard(page)
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key)
    await button(page, 'Layanan diberikan').waitFor()
    await page.waitForTimeout(200)
    expect(methods()).toEqual([])
    await button(page, 'Ditolak').click()
    await button(page, 'Panggil Berikutnya').dblclick()
    expect(methods()).toEqual(['queue.complete'])
    await beyondGuard(page)
    await button(page, 'Panggil Berikutnya').dblclick()
    await button(page, 'Mulai Layani').waitFor()
    expect(methods()).toEqual(['queue.complete', 'queue.callNext'])
  })

  test('somebody absent is asked about in a line, which Escape leaves and the same key answers', async () => {
    const { host, page, asked } = await show(openCounter({ current: calledEntry({ label: '4K-0123' }) }))
    playCounter(host)
    await page.keyboard.press('F8')
    await page.getByText('4K-0123 tidak hadir?').last().waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('4K-0123 tidak hadir?').first().waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Mulai Layani')
    await page.keyboard.press('F8')
    await beyondGuard(page)
    await page.keyboard.press('F8')
    await button(page, 'Panggil Berikutnya').waitFor()
    expect(asked()).toMatchObject([{ method: 'queue.noShow', input: { entryNo: 1 } }])
  })

  test.each([
    ['a payment', servingEntry(3, { serviceId: PAID_SERVICE }), 'Selesai', 'complete'],
    ['where the journey goes on', servingEntry(3, { journeyId: 'ktp-hilang' }), 'Lanjut ke Langkah 2', 'forward'],
  ])('%s is asked at the desk, which comes up with the question', async (_name, current, name, act) => {
    const { page, asked } = await show(openCounter({ current }))
    await button(page, name).click()
    await expect.poll(asked).toEqual([{ method: 'shell.showDesk', input: { act } }])
    expect(await button(page, 'Layanan diberikan').count()).toBe(0)
  })

  test('a key of the system acts without the focus, and only what is possible', async () => {
    const { host, page, methods } = await show(openCounter({ waiting: waitingRows(3) }))
    playCounter(host)
    for (const act of ['complete', 'noShow', 'cancel', 'open', 'callNext']) host.press('barPress', act)
    await button(page, 'Mulai Layani').waitFor()
    expect(methods()).toEqual(['queue.callNext'])
    host.press('barPress', 'noShow')
    await button(page, 'Ya, tidak hadir').waitFor()
    await beyondGuard(page)
    host.press('barPress', 'noShow')
    await button(page, 'Panggil Berikutnya').waitFor()
    expect(methods()).toEqual(['queue.callNext', 'queue.noShow'])
  })

  test.each([
    ['closed', openCounter({ open: false })],
    ['without an officer', openCounter({ officer: null })],
    ['locked', openCounter({ locked: { since: Date.now() }, current: calledEntry() })],
    ['paused', openCounter({ pause: PAUSE })],
  ])('a counter that is %s leaves the keys to other programs', async (_name, desk) => {
    const { host, page, methods } = await show(desk)
    expect(host.listens('barPress')).toBe(false)
    await page.keyboard.press('F2')
    await button(page, /Buka layar loket/).click()
    await expect.poll(methods).toEqual(['shell.showDesk'])
  })

  test('a locked bar shows number and stopwatch, and tells nothing more of the visitor', async () => {
    const { host, page } = await show(
      openCounter({ locked: { since: Date.now() }, current: { ...calledEntry(), priority: 'disability' } }),
    )
    await page.getByRole('timer').waitFor()
    const shown = await page.getByRole('main').innerText()
    expect(shown).toContain(calledEntry().label)
    expect(shown).not.toMatch(/disabilitas|dipanggil/i)
    host.show('shell', { host: { state: 'restarting', attempt: 1, retryInMs: 100 } })
    await page.getByText('Dimulai ulang, data aman').waitFor()
    await page.getByText('Layar terkunci').waitFor()
    await page.getByText(calledEntry().label).waitFor()
  })

  test('a pause says when somebody is back, that this has passed, and goes on by its key', async () => {
    const { host, page, methods } = await show(openCounter({ pause: PAUSE }))
    await page.getByText(/^Kembali pukul/).waitFor()
    host.show('desk', { pause: { ...PAUSE, backAt: Date.now() - 60_000 } })
    await page.getByText(/^Seharusnya kembali pukul/).waitFor()
    host.answer('counter.resume', () => DONE)
    await page.keyboard.press('F9')
    await expect.poll(methods).toEqual(['counter.resume'])
  })

  test('Ctrl+L locks, and says why when it cannot', async () => {
    const { host, page, methods } = await show(openCounter({ current: calledEntry() }))
    host.answer('session.lock', () => ({ ok: false, code: 'STORE_FULL' }))
    await page.keyboard.press('Control+l')
    await page.getByRole('alert').waitFor()
    host.answer('session.lock', () => {
      host.show('desk', { locked: { since: Date.now() } })
      return DONE
    })
    await page.keyboard.press('Control+l')
    await page.getByText('Layar terkunci').waitFor()
    expect(methods()).toEqual(['session.lock', 'session.lock'])
  })

  test('a give-away counts its seconds below, and its button or Ctrl+Z takes it back', async () => {
    const undo = { kind: 'transfer' as const, label: 'P-012', until: Date.now() + 8_000 }
    const { host, page, methods } = await show(openCounter({ undo }))
    host.answer('queue.undo', () => {
      host.show('desk', { undo: null })
      return DONE
    })
    await page.getByText('P-012 dialihkan.').waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('P-012 dialihkan.').waitFor({ state: 'detached' })
    host.show('desk', { undo })
    await button(page, /^Urungkan \(\d\)/).click()
    await page.getByText('P-012 dialihkan.').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    expect(methods()).toEqual(['queue.undo', 'queue.undo'])
    await expect.poll(() => focused(page)).toBe('Panggil Berikutnya')
  })

  test('a stale press is refused in words, which the officer takes away', async () => {
    const { host, page } = await show(openCounter({ current: calledEntry() }))
    host.answer('queue.startServing', () => ({ ok: false, code: 'STALE_SCREEN' }))
    host.press('barPress', 'startServing')
    await page.getByRole('alert').waitFor()
    await button(page, 'Tutup').click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })

  test('a slip that is scanned with the bar in front is presented and presses nothing; an open question leaves it, and says so', async () => {
    const { host, page, asked } = await show(openCounter({ waiting: waitingRows(2) }))
    const presented = { method: 'queue.present', input: { slip: { scanned: SLIP } } }
    host.answer('queue.present', () => ({ ok: false, code: 'SLIP_OLD' }))
    await expect.poll(() => focused(page)).toBe('Panggil Berikutnya')
    await beyondGuard(page)
    await scanSlip(page)
    await page.getByRole('alert').waitFor()
    expect(asked()).toMatchObject([presented])
    host.show('desk', { current: servingEntry(4) })
    await button(page, 'Selesai').waitFor()
    await page.keyboard.press('F4')
    await button(page, 'Layanan diberikan').waitFor()
    await scanSlip(page)
    await page.getByText('Pindaian itu belum diterima').waitFor()
    expect(await focused(page)).toBeNull()
    expect(asked()).toMatchObject([presented])
    await page.keyboard.press('Escape')
    await page.getByText('Pindaian itu belum diterima').waitFor({ state: 'detached' })
  })

  test('what is scanned and is no slip presses nothing, in an open question neither, and a line says so', async () => {
    const { host, page, methods } = await show(openCounter({ waiting: waitingRows(2) }))
    await expect.poll(() => focused(page)).toBe('Panggil Berikutnya')
    await scan(page, '8991234567890')
    await page.getByText('Itu bukan struk antrean.').waitFor()
    host.show('desk', { current: servingEntry(4) })
    await button(page, 'Selesai').waitFor()
    await page.keyboard.press('F4')
    await button(page, 'Layanan diberikan').waitFor()
    expect(await page.getByText('Itu bukan struk antrean.').count()).toBe(0)
    await scan(page, '8991234567890')
    await page.getByText('Itu bukan struk antrean.').waitFor()
    expect(methods()).toEqual([])
  })

  test('somebody new who waits while nobody is at the desk is shown and said, and is one Enter away', async () => {
    const { host, page } = await show(openCounter({ waiting: [] }))
    await expect.poll(() => focused(page)).toBe('Buka layar loket')
    const [row] = waitingRows(1)
    if (!row) throw new Error('no row')
    host.show('desk', { waiting: [{ ...row, waitingSince: Date.now() }] })
    await page.getByText('Baru datang').waitFor()
    expect(await page.getByRole('status').allTextContents()).toContain(`Nomor ${row.label} baru menunggu`)
    await expect.poll(() => focused(page)).toBe('Panggil Berikutnya')
    host.show('desk', { current: calledEntry(), waiting: [] })
    await page.getByText('Baru datang').waitFor({ state: 'detached' })
  })

  test('says that the engine restarts, keeps the number in sight, and goes on', async () => {
    const { host, page, methods } = await show(openCounter({ current: servingEntry(4, { label: '4K-0123' }) }))
    playCounter(host)
    host.show('shell', { host: { state: 'restarting', attempt: 1, retryInMs: 100 } })
    await page.getByText('Dimulai ulang, data aman').waitFor()
    await page.getByText('4K-0123').first().waitFor()
    host.show('shell', { host: { state: 'running' } })
    await page.getByText('Dilayani', { exact: true }).waitFor()
    await page.keyboard.press('F4')
    await button(page, 'Layanan diberikan').click()
    await button(page, 'Panggil Berikutnya').waitFor()
    expect(methods()).toEqual(['queue.complete'])
  })

  test('tells its window how high it is, and names keys that another program has', async () => {
    const { host, page } = await show(openCounter({ current: calledEntry() }))
    const heights = () =>
      host.received.flatMap(({ method, input }) => (method === 'shell.fitBar' ? [input.height] : []))
    await expect.poll(() => heights().at(-1)).toBe(72)
    await page.keyboard.press('F8')
    await expect.poll(() => Number(heights().at(-1))).toBeGreaterThan(110)
    await page.keyboard.press('Escape')
    await expect.poll(() => heights().at(-1)).toBe(72)
    const keys = { callAgain: 'F1', callNext: 'Ctrl+F2', startServing: 'F3', complete: 'F4', noShow: 'F8' }
    host.show('shortcuts', { keys, scope: 'bar', refused: ['callAgain', 'callNext'] })
    await page.getByText('F1, Ctrl+F2 dipakai program lain').waitFor()
    await button(page, 'Tutup').click()
    await expect.poll(() => heights().at(-1)).toBe(72)
  })

  test('every button is reached by Tab, in the order in which it stands, and named', async () => {
    const { page } = await show(openCounter({ current: calledEntry() }))
    await button(page, 'Panggil Lagi').focus()
    const names = [await focused(page)]
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press('Tab')
      names.push(await focused(page))
    }
    expect(names).toEqual(['Panggil Lagi', 'Tidak Hadir', 'Mulai Layani', 'Buka layar loket'])
  })
})

const BARS = STATES.filter(({ route }) => route === 'bar')

test.each(BARS)(
  '$title keeps its parts side by side in both languages, and numbers and buttons whole',
  async (state) => {
    const { page } = await openState(showScreen, state, { reducedMotion: 'reduce' })
    expect(await crowded(page), 'in Indonesian').toEqual([])
    await changeLanguage(page, 'en')
    expect(await crowded(page), 'in English').toEqual([])
  },
)

/** What stands over its neighbour, beyond the window, or is shortened though it matters most. */
function crowded(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const row = [...document.querySelectorAll('main > div:first-of-type > *')]
    const over = row.filter((part, index) => {
      const before = row[index - 1]?.getBoundingClientRect().right ?? 0
      return part.getBoundingClientRect().left < before - 1
    })
    const beyond = [...document.querySelectorAll('main *')].filter(
      (part) => part.getBoundingClientRect().right > innerWidth + 1,
    )
    const cut = [...document.querySelectorAll('[role="timer"], main button')].filter(
      (part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1,
    )
    return [...over, ...beyond, ...cut].map((part) => part.outerHTML)
  })
}
