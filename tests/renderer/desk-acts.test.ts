/** Every act of the desk beyond call, serve and complete: what is asked, what is sent, and where the focus goes. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { answered, button, focused, leaves, methods, more } from '#tests/renderer/desk-page.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import {
  asideRows,
  calledEntry,
  cutOff,
  openCounter,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

describe('the entry at the desk', () => {
  test('is put on hold for a reason by one key and one digit, and the next one can be called', async () => {
    const current = servingEntry(3)
    const { host, page } = await show({ desk: openCounter({ current }) })
    leaves(host, 'queue.hold')
    await page.keyboard.press('F7')
    await page.getByRole('button', { name: 'Membayar di bank' }).waitFor()
    await page.keyboard.press('2')
    await focused(page, 'Panggil Berikutnya')
    expect(host.received).toMatchObject([
      { method: 'queue.hold', input: { visitId: current.visitId, entryNo: 1, reason: 'payment' } },
    ])
  })

  test.each([
    ['1', 'place'],
    ['2', 'end'],
  ])('returns to the queue where the officer says (%s)', async (digit, to) => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    leaves(host, 'queue.returnToQueue')
    await more(page, /Kembalikan/)
    await page.getByText('Pilih tempatnya').waitFor()
    await page.keyboard.press(digit)
    await focused(page, 'Panggil Berikutnya')
    expect(host.received).toMatchObject([{ method: 'queue.returnToQueue', input: { to } }])
  })

  test('is cancelled only for a reason', async () => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
    leaves(host, 'queue.cancel')
    await more(page, /Batalkan Nomor/)
    await page.getByText('tidak dapat dipanggil lagi').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received).toEqual([])
    await more(page, /Batalkan Nomor/)
    await page.getByRole('button', { name: 'Pengunjung pergi' }).waitFor()
    await page.keyboard.press('1')
    await focused(page, 'Panggil Berikutnya')
    expect(host.received).toMatchObject([{ method: 'queue.cancel', input: { reason: 'visitor_left' } }])
  })

  test('a question about an entry that was taken over by another desk leaves the screen', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    await page.keyboard.press('F7')
    await page.getByRole('dialog').waitFor()
    host.show('desk', { current: null })
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('1')
    await focused(page, 'Panggil Berikutnya')
    expect(host.received).toEqual([])
  })

  test('the menu closes with Escape and gives the focus back', async () => {
    const { page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    await page.keyboard.press('F10')
    await page.getByRole('menuitem').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menuitem').first().waitFor({ state: 'hidden' })
    await page.waitForFunction(() => document.activeElement?.tagName === 'BUTTON')
  })
})

describe('after as many calls as the mall allows', () => {
  test('the big button marks absent, and serving is still one key away', async () => {
    const current = calledEntry({ calls: 3, recallOver: 'no_show' })
    const { host, page } = await show({ desk: openCounter({ current }) })
    playCounter(host)
    await focused(page, 'Tidak Hadir')
    expect(await button(page, /Panggil Lagi/).count()).toBe(0)
    await page.keyboard.press('F1')
    await page.keyboard.press('F3')
    await button(page, /Selesai/).waitFor()
    expect(methods(host)).toEqual(['queue.startServing'])
  })

  test('the big button sends to the end of the queue where that is the rule', async () => {
    const current = calledEntry({ calls: 3, recallOver: 'requeue' })
    const { host, page } = await show({ desk: openCounter({ current }) })
    leaves(host, 'queue.returnToQueue')
    await focused(page, 'Ke Akhir Antrean')
    await page.keyboard.press('Enter')
    await focused(page, 'Panggil Berikutnya')
    expect(host.received).toMatchObject([{ method: 'queue.returnToQueue', input: { to: 'end' } }])
  })

  test('the call that was one too many does not press what takes its place', async () => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry({ calls: 2 }) }) })
    host.answer('queue.callAgain', () => {
      const { current } = host.snapshot()
      if (current) host.show('desk', { current: { ...current, calls: 3, recallOver: 'requeue' } })
      return DONE
    })
    await page.keyboard.press('F1')
    await button(page, /Ke Akhir Antrean/).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForTimeout(100)
    expect(methods(host)).toEqual(['queue.callAgain'])
  })
})

describe('the stopwatch', () => {
  test('counts from the first call and says so, also for one who was called back', async () => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
    await page.getByText('sejak dipanggil').waitFor()
    host.show('desk', { current: calledEntry({ calls: 4, calledAt: Date.now() - 600_000, recallOver: 'no_show' }) })
    await page.getByText('sejak panggilan pertama').waitFor()
    expect(await page.getByRole('timer').textContent()).toMatch(/^10:0\d$/)
  })

  test('goes on where it was after a hold', async () => {
    const { page } = await show({ desk: openCounter({ current: servingEntry(12, { calls: 3 }) }) })
    await page.getByText('standar 15 menit').waitFor()
    expect(await page.getByRole('timer').textContent()).toMatch(/^12:0\d$/)
  })
})

describe('what was set aside', () => {
  test('is resumed and called back from its list, by keyboard', async () => {
    const aside = asideRows()
    const { host, page } = await show({ desk: openCounter({ aside }) })
    for (const method of ['queue.resume', 'queue.callBack']) host.answer(method, () => DONE)
    const tab = page.getByRole('tab', { name: /Menunggu/ })
    await tab.focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('Membayar di bank').waitFor()
    await button(page, /Lanjutkan P-001/).press('Enter')
    await answered(page)
    await button(page, /Panggil kembali P-002/).press('Enter')
    await answered(page)
    expect(host.received).toMatchObject([
      { method: 'queue.resume', input: { visitId: aside[0]?.visitId } },
      { method: 'queue.callBack', input: { visitId: aside[1]?.visitId } },
    ])
  })

  test('can only be cancelled while somebody is at the desk, and says whom it is about', async () => {
    const aside = asideRows()
    const { host, page } = await show({ desk: openCounter({ aside, current: servingEntry(3) }) })
    host.answer('queue.cancel', () => {
      host.show('desk', { aside: aside.slice(1) })
      return DONE
    })
    await page.getByRole('tab', { name: /Ditunda/ }).click()
    expect(await button(page, /Lanjutkan/).count()).toBe(0)
    await button(page, /Batalkan P-001/).click()
    await page.getByRole('heading', { name: 'Batalkan P-001?' }).waitFor()
    await page.keyboard.press('1')
    await page.getByText('P-001').first().waitFor({ state: 'hidden' })
    expect(host.received).toMatchObject([{ method: 'queue.cancel', input: { visitId: aside[0]?.visitId } }])
  })

  test('an empty list says so', async () => {
    const { page } = await show({ desk: openCounter() })
    await page.getByRole('tab', { name: /Ditunda/ }).click()
    await page.getByText('Tidak ada yang ditunda').waitFor()
  })
})

describe('the menu of a waiting row', () => {
  test('is reached by Tab and arrows and releases what this counter holds; the focus stays in the list', async () => {
    const waiting = waitingRows(6)
    const { host, page } = await show({ desk: openCounter({ waiting }) })
    host.answer('queue.release', () => {
      host.show('desk', { waiting: waiting.filter(({ label }) => label !== waiting[1]?.label) })
      return DONE
    })
    await page.getByRole('list', { name: 'Menunggu' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction(
      (name) => document.activeElement?.getAttribute('aria-label') === name,
      `Tindakan untuk ${waiting[1]?.label}`,
    )
    const focusOnRow = () =>
      page.waitForFunction(
        (name) => document.activeElement?.getAttribute('aria-label') === name,
        `Tindakan untuk ${waiting[1]?.label}`,
      )
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: /Lepaskan/ }).press('Escape')
    await focusOnRow()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: /Lepaskan/ }).press('Enter')
    await page.getByText(waiting[1]?.label ?? '').waitFor({ state: 'hidden' })
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Menunggu')
    expect(host.received).toMatchObject([{ method: 'queue.release', input: { visitId: waiting[1]?.visitId } }])
  })

  test('keeps the row with the focus on the screen however far the list is scrolled', async () => {
    const { page } = await show({ desk: openCounter({ waiting: waitingRows(500) }) })
    const list = page.getByRole('list', { name: 'Menunggu' })
    await page
      .getByRole('button', { name: /^Tindakan untuk/ })
      .first()
      .focus()
    await list.evaluate((element) => element.scrollTo({ top: 20_000 }))
    await list.locator('[aria-posinset="320"]').waitFor()
    expect(await list.locator('[aria-posinset="1"] button:focus').count()).toBe(1)
    expect(await list.locator('[aria-posinset]').count()).toBeLessThan(40)
  })

  test('says what to do when another desk was faster', async () => {
    const { host, page } = await show({ desk: openCounter() })
    host.answer('queue.release', () => ({ ok: false, code: 'STALE_SCREEN' }))
    await page
      .getByRole('button', { name: /^Tindakan untuk/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: /Lepaskan/ }).click()
    await page.getByRole('alert').getByText('Lihat nomor terbaru').waitFor()
  })
})

describe('undo', () => {
  test('of a give-away counts its seconds, and Ctrl+Z takes it back', async () => {
    const undo = { kind: 'forward' as const, label: 'P-012', until: Date.now() + 8_000 }
    const { host, page } = await show({ desk: openCounter({ undo }) })
    host.answer('queue.undo', () => {
      host.show('desk', { undo: null, current: servingEntry(3) })
      return DONE
    })
    await page.getByText('P-012 dialihkan.').waitFor()
    await page.keyboard.press('Control+z')
    await focused(page, 'Selesai')
    expect(methods(host)).toEqual(['queue.undo'])
    expect(await page.getByText('P-012 dialihkan.').count()).toBe(0)
  })

  test('leaves the screen when its seconds are over, though nobody said anything, and the focus goes on', async () => {
    const undo = { kind: 'release' as const, label: 'P-012', until: Date.now() + 1_500 }
    const { page } = await show({ desk: openCounter({ undo }) })
    await page.getByText('P-012 dilepas').waitFor()
    await button(page, /Urungkan/).focus()
    await page.getByText('P-012 dilepas').waitFor({ state: 'hidden' })
    await focused(page, 'Panggil Berikutnya')
  })

  test('by its button leaves the focus at the next step', async () => {
    const undo = { kind: 'release' as const, label: 'P-012', until: Date.now() + 8_000 }
    const { host, page } = await show({ desk: openCounter({ undo }) })
    host.answer('queue.undo', () => {
      host.show('desk', { undo: null })
      return DONE
    })
    await button(page, /Urungkan/).click()
    await focused(page, 'Panggil Berikutnya')
  })

  test('of a call is in the menu until the visitor has arrived', async () => {
    const undo = { kind: 'call' as const, label: 'P-013' }
    const { host, page } = await show({ desk: openCounter({ undo, current: calledEntry() }) })
    leaves(host, 'queue.undo')
    await more(page, /Urungkan/)
    await focused(page, 'Panggil Berikutnya')
    expect(methods(host)).toEqual(['queue.undo'])
  })

  test('in a field takes back what was typed, and nothing else', async () => {
    const undo = { kind: 'release' as const, label: 'P-012', until: Date.now() + 60_000 }
    const { host, page } = await show({ desk: openCounter({ undo }) })
    await page.keyboard.press('F5')
    await page.getByLabel('Nomor antrean').fill('P-0')
    await page.keyboard.press('Control+z')
    await page.waitForTimeout(50)
    expect(host.received).toEqual([])
  })
})

describe('a visitor without a number', () => {
  test('is served at once for the service that is chosen', async () => {
    const { host, page } = await show({ desk: openCounter() })
    host.answer('queue.quickServe', () => {
      host.show('desk', { current: servingEntry(0) })
      return { ok: true, data: { visitId: randomUUID(), entryNo: 1, label: 'L03-01' } }
    })
    await more(page, /Layani Tanpa Nomor/)
    await page.getByText('Izin keramaian', { exact: true }).last().click()
    await page.getByText('Lansia', { exact: true }).last().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Mulai Layani' }).click()
    await focused(page, 'Selesai')
    expect(host.received).toMatchObject([
      { method: 'queue.quickServe', input: { serviceId: 'izin-keramaian', priority: 'elderly' } },
    ])
  })

  test('gets a number of this counter, large enough to read out', async () => {
    const { host, page } = await show({ desk: openCounter({ connection: cutOff(2) }) })
    host.answer('visit.issueHere', () => ({ ok: true, data: { visitId: randomUUID(), label: 'L03-12' } }))
    await more(page, /Beri Nomor di Loket/)
    await page.waitForFunction(() => document.activeElement?.textContent === 'Beri Nomor')
    await page.waitForTimeout(550)
    await page.keyboard.press('Enter')
    await page.getByText('L03-12').waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Tutup')
    // The second half of a double press, before anybody has read the number.
    await page.keyboard.press('Enter')
    await page.waitForTimeout(600)
    await page.getByText('L03-12').waitFor()
    await page.keyboard.press('Enter')
    await focused(page, 'Panggil Berikutnya')
    expect(methods(host)).toEqual(['visit.issueHere'])
  })

  test('and slips are what is left to a PC that is cut off without a session', async () => {
    const { page } = await show({ desk: openCounter({ open: false, connection: cutOff(2) }) })
    await button(page, /Terima Struk/).waitFor()
    await page.keyboard.press('F10')
    await page.getByRole('menuitem', { name: /Layani Tanpa Nomor/ }).waitFor()
  })
})
