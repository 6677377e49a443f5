/** Every act of the desk beyond call, serve and complete: what is asked, what is sent, and where the focus goes. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'
import {
  asideRows,
  calledEntry,
  cutOff,
  openCounter,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { SLIP, scanSlip } from '#tests/renderer/scan-slip.ts'
import { scan } from '#tests/renderer/scanner.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

const button = (page: Page, name: RegExp) => page.getByRole('button', { name })
const focused = (page: Page, words: string) =>
  page.waitForFunction((text) => document.activeElement?.textContent?.includes(text), words)
const answered = (page: Page) => page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
const methods = (host: FakeHost) => host.received.map(({ method }) => method)

async function more(page: Page, item: RegExp): Promise<void> {
  await page.keyboard.press('F10')
  const wanted = page.getByRole('menuitem', { name: item })
  await wanted.waitFor()
  await wanted.press('Enter')
}

/** Every method that answers DONE and leaves nobody at the desk. */
function leaves(host: FakeHost, ...names: string[]): void {
  for (const name of names) {
    host.answer(name, () => {
      host.show('desk', { current: null })
      return DONE
    })
  }
}

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

describe('a slip', () => {
  const SCANNED = { method: 'queue.present', input: { slip: { scanned: SLIP } } }

  test('is taken by the scanner wherever the focus is, and its Enter presses no button', async () => {
    const { host, page } = await show({ desk: openCounter() })
    host.answer('queue.present', () => {
      host.show('desk', { current: calledEntry() })
      return { ok: true, data: { visitId: randomUUID(), entryNo: 1, label: 'P-013' } }
    })
    await focused(page, 'Panggil Berikutnya')
    await scanSlip(page)
    await button(page, /Mulai Layani/).waitFor()
    expect(host.received).toMatchObject([SCANNED])
  })

  test('is told from whatever else is scanned, which calls nobody and answers no question', async () => {
    const { host, page } = await show({ desk: openCounter() })
    await focused(page, 'Panggil Berikutnya')
    await scan(page, 'https://mpp.example.go.id/antrean?kode=8991234')
    await page.getByRole('alert').getByText('Itu bukan struk antrean.').waitFor()
    host.show('desk', { current: servingEntry(3) })
    await button(page, /Selesai/).waitFor()
    for (const key of ['F7', 'F4']) {
      await page.keyboard.press(key)
      await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
      await scan(page, '8992123132132')
      await page.getByRole('dialog').getByText('Itu bukan struk antrean.').waitFor()
      await page.waitForTimeout(200)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(host.received).toEqual([])
  })

  test('is followed by a second Enter from some scanners, which sends no form either', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3, { serviceId: 'skck' }) }) })
    await page.keyboard.press('F4')
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
    await page.waitForTimeout(550)
    await Promise.all([...SLIP, 'Enter', 'Enter'].map((key) => page.keyboard.press(key)))
    await page.getByRole('dialog').getByText('Pindaian itu belum diterima').waitFor()
    await page.waitForTimeout(100)
    expect(host.received).toEqual([])
  })

  test('that is scanned while an act is under way is not taken, and that is said', async () => {
    const { host, page } = await show({ desk: openCounter() })
    const { promise, resolve } = Promise.withResolvers<typeof DONE>()
    host.answer('queue.callNext', () => promise)
    await page.keyboard.press('F2')
    await scanSlip(page)
    await page.getByText('Tunggu sebentar, lalu pindai lagi.').waitFor()
    resolve(DONE)
    await answered(page)
    await page.getByText('Tunggu sebentar, lalu pindai lagi.').waitFor()
    expect(methods(host)).toEqual(['queue.callNext'])
  })

  test('that is scanned into a field of a question is not taken and never stands there; the question stays', async () => {
    const current = servingEntry(3, { serviceId: 'skck' })
    const { host, page } = await show({ desk: openCounter({ current }) })
    await page.keyboard.press('F4')
    const field = page.getByLabel('Nomor transaksi bank')
    await field.fill('0A12')
    await scanSlip(page)
    await page.getByRole('dialog').getByText('Pindaian itu belum diterima').waitFor()
    await page.getByRole('alert').evaluate((said) => said.setAttribute('data-first', ''))
    await scanSlip(page)
    await page.locator('[role="alert"]:not([data-first])').waitFor()
    expect(await page.getByRole('alert').count(), 'said anew').toBe(1)
    expect(await field.inputValue()).toBe('0A12')
    // What people type still gets there, also when it begins like a slip.
    await field.press('End')
    await page.keyboard.type('LOK9')
    await expect.poll(() => field.inputValue()).toBe('0A12LOK9')
    expect(host.received).toEqual([])
  })

  test('that is scanned while a note is written leaves every word, and is taken when it is scanned again', async () => {
    const lastEnded = { visitId: randomUUID(), entryNo: 1, label: 'P-012' }
    const { host, page } = await show({ desk: openCounter({ lastEnded }) })
    host.answer('queue.note', () => DONE)
    host.answer('queue.present', () => {
      host.show('desk', { current: calledEntry() })
      return { ok: true, data: { visitId: randomUUID(), entryNo: 1, label: 'P-013' } }
    })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('textbox').fill('Berkas kurang satu lembar.')
    await scanSlip(page)
    await page.getByRole('dialog').getByText('Selesaikan dulu yang di layar ini, lalu pindai lagi.').waitFor()
    expect(await page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('Berkas kurang satu lembar.')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await scanSlip(page)
    await button(page, /Mulai Layani/).waitFor()
    expect(host.received).toMatchObject([
      { method: 'queue.note', input: { text: 'Berkas kurang satu lembar.' } },
      SCANNED,
    ])
  })

  test('is what its own question waits for, which closes once it was taken', async () => {
    const { host, page } = await show({ desk: openCounter() })
    host.answer('queue.present', () => {
      host.show('desk', { current: calledEntry() })
      return { ok: true, data: { visitId: randomUUID(), entryNo: 1, label: 'P-013' } }
    })
    await page.keyboard.press('F5')
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
    await scanSlip(page)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await focused(page, 'Mulai Layani')
    expect(host.received).toMatchObject([SCANNED])
  })

  test('is typed with small letters and without hyphen, and what is wrong is said beside its field', async () => {
    const { host, page } = await show({ desk: openCounter() })
    host.answer('queue.present', ({ slip }) => {
      if ((slip as { code: string }).code !== 'ABC234') return { ok: false, code: 'SLIP_UNREADABLE' }
      host.show('desk', { current: calledEntry() })
      return { ok: true, data: { visitId: randomUUID(), entryNo: 1, label: 'P-013' } }
    })
    await page.keyboard.press('F5')
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
    await page.keyboard.type('13')
    await page.keyboard.press('Enter')
    await page.getByText('Nomor ditulis seperti P-013').waitFor()
    await page.getByLabel('Nomor antrean').fill('p013')
    await page.keyboard.press('Enter')
    await page.getByText('Kodenya 6 huruf atau angka').waitFor()
    await page.getByLabel('Kode 6 huruf').fill('abc 23x')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('Pindai sekali lagi').waitFor()
    await page.getByLabel('Kode 6 huruf').fill('abc 234')
    await page.keyboard.press('Enter')
    await button(page, /Mulai Layani/).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({ slip: { label: 'P-013', code: 'ABC234' } })
  })

  test.each([
    ['SLIP_OLD', 'mengambil nomor baru di penerima tamu'],
    ['SLIP_FOREIGN', 'Arahkan pengunjung ke penerima tamu'],
    ['SLIP_ALTERED', 'Panggil penyelia'],
    ['SLIP_FINISHED', 'mengambil nomor baru'],
    ['SLIP_OTHER_SERVICE', 'Arahkan pengunjung ke loket'],
    ['SLIP_UNREADABLE', 'Pindai sekali lagi'],
  ])('that is refused (%s) gets a sentence that says what to do', async (code, words) => {
    const { host, page } = await show({ desk: openCounter() })
    host.answer('queue.present', () => ({ ok: false, code }))
    await scanSlip(page)
    await page.getByRole('alert').getByText(words).waitFor()
  })

  test('that is served elsewhere names the counter', async () => {
    const { host, page } = await show({ desk: openCounter() })
    host.answer('queue.present', () => ({ ok: false, code: 'SLIP_IN_SERVICE', detail: { counter: '7' } }))
    await scanSlip(page)
    await page.getByRole('alert').getByText('Loket 7').waitFor()
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

describe('calling automatically', () => {
  const choose = (page: Page) => page.getByLabel('Panggil otomatis').check()
  const twiceByKey = async (page: Page) => {
    // Past the guard of the visit that ended.
    await page.waitForTimeout(600)
    await button(page, /Jangan panggil/).press('Enter')
    const next = button(page, /Panggil Berikutnya/)
    await expect.poll(() => next.evaluate((big) => big === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
  }

  test('is off until the officer turns it on, and is remembered for that officer', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    playCounter(host)
    expect(await page.getByLabel('Panggil otomatis').isChecked()).toBe(false)
    await choose(page)
    await page.reload()
    await page.getByLabel('Panggil otomatis').waitFor()
    expect(await page.getByLabel('Panggil otomatis').isChecked()).toBe(true)
    host.show('desk', { officer: { id: 'made', name: 'I Made Suardana', roles: ['officer'] } })
    await page.waitForFunction(() => !document.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked)
  })

  test('calls the next one after seconds that everybody sees', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    playCounter(host)
    await choose(page)
    await page.keyboard.press('F4')
    await page.getByRole('button', { name: 'Layanan diberikan' }).waitFor()
    await page.keyboard.press('1')
    await page.getByText('dipanggil dalam 3 detik').waitFor()
    await button(page, /Mulai Layani/).waitFor()
    expect(methods(host)).toEqual(['queue.complete', 'queue.callNext'])
  })

  test.each([
    ['Escape', async (page: Page) => page.keyboard.press('Escape')],
    ['its button', async (page: Page) => button(page, /Jangan panggil/).click()],
    ['its button, pressed twice by key', twiceByKey],
    ['a question', async (page: Page) => page.keyboard.press('F5')],
    ['the menu of acts', async (page: Page) => page.keyboard.press('F10')],
    [
      'the menu of a row',
      async (page: Page) =>
        button(page, /^Tindakan untuk/)
          .first()
          .click(),
    ],
    ['the menu of the officer', async (page: Page) => button(page, /Sari Wulandari/).click()],
    ['the switch', async (page: Page) => page.getByLabel('Panggil otomatis').uncheck()],
  ])('is kept from it by %s', async (_name, stop) => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
    playCounter(host)
    await choose(page)
    await page.keyboard.press('F8')
    await page.getByRole('button', { name: 'Ya, tidak hadir' }).click()
    await page.getByText('dipanggil dalam').waitFor()
    await stop(page)
    await page.getByText('dipanggil dalam').waitFor({ state: 'hidden' })
    await page.waitForTimeout(3_200)
    expect(methods(host)).toEqual(['queue.noShow'])
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false)
  })

  test('never follows a correction', async () => {
    const { host, page } = await show({
      desk: openCounter({ current: calledEntry(), undo: { kind: 'call', label: 'P-013' } }),
    })
    leaves(host, 'queue.undo', 'queue.returnToQueue', 'queue.cancel')
    await choose(page)
    await page.keyboard.press('Control+z')
    await button(page, /Panggil Berikutnya/).waitFor()
    for (const item of [/Kembalikan/, /Batalkan Nomor/]) {
      await answered(page)
      host.show('desk', { current: calledEntry() })
      await button(page, /Mulai Layani/).waitFor()
      await more(page, item)
      await page.getByRole('dialog').getByRole('button').nth(1).waitFor()
      await page.keyboard.press('1')
      await button(page, /Panggil Berikutnya/).waitFor()
    }
    await page.waitForTimeout(300)
    expect(await page.getByText('dipanggil dalam').count()).toBe(0)
  })

  test('leaves a transfer its seconds to be taken back, and follows it after them', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    playCounter(host)
    await choose(page)
    const seconds = page.getByText('dipanggil dalam')
    const transfer = async (undoMs: number) => {
      host.answer('queue.transfer', () => {
        host.show('desk', { current: null, undo: { kind: 'transfer', label: 'P-013', until: Date.now() + undoMs } })
        return DONE
      })
      await page.keyboard.press('F6')
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox')
      await page.keyboard.type('ktp hilang')
      await page.keyboard.press('Enter')
      await button(page, /^Alihkan ke/)
        .last()
        .click()
      await button(page, /^Urungkan/).waitFor()
      await answered(page)
    }
    // Taken back, it is no end any more: what comes after it is a correction.
    leaves(host, 'queue.cancel')
    host.answer('queue.undo', () => {
      host.show('desk', { current: servingEntry(3), undo: null })
      return DONE
    })
    await transfer(60_000)
    await page.waitForTimeout(300)
    expect(await seconds.count()).toBe(0)
    await page.keyboard.press('Control+z')
    await button(page, /Selesai/).waitFor()
    await answered(page)
    await more(page, /Batalkan Nomor/)
    await page.getByRole('button', { name: 'Pengunjung pergi' }).waitFor()
    await page.keyboard.press('1')
    await button(page, /Panggil Berikutnya/).waitFor()
    await answered(page)
    await page.waitForTimeout(300)
    expect(await seconds.count()).toBe(0)

    host.show('desk', { current: servingEntry(3) })
    await button(page, /Selesai/).waitFor()
    await transfer(1_500)
    await page.getByText('dipanggil dalam 3 detik').waitFor()
    await button(page, /Mulai Layani/).waitFor()
    expect(methods(host)).toEqual(['queue.transfer', 'queue.undo', 'queue.cancel', 'queue.transfer', 'queue.callNext'])
  })

  test('does not wait for somebody to come: when nobody is there, nobody is called later', async () => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry(), waiting: [] }) })
    playCounter(host)
    await choose(page)
    await page.keyboard.press('F8')
    await page.getByRole('button', { name: 'Ya, tidak hadir' }).click()
    await page.getByText('Belum ada yang menunggu').waitFor()
    await answered(page)
    await page.waitForTimeout(100)
    host.show('desk', { waiting: waitingRows(2) })
    await button(page, /Panggil Berikutnya/).waitFor()
    await page.waitForTimeout(300)
    expect(await page.getByText('dipanggil dalam').count()).toBe(0)
  })
})
