import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import {
  calledEntry,
  counterSnapshot,
  openCounter,
  POLICE_OFFICER,
  secondStepEntry,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
/** A step's button takes no Enter in its first half second, see GUARD_MS in renderer/ui/focus-guarded.ts. */
const beyondGuard = (page: Page) => page.waitForTimeout(550)
/** The screen may show the new state a moment before the command's own answer arrives; until then it takes no other. */
const answered = (page: Page) => page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
/** SKCK costs something. */
const PAID_SERVICE = 'skck'
const act = (page: Page, name: RegExp) => page.getByRole('button', { name })

describe('with the keyboard alone', () => {
  test('an officer signs in, opens, calls, serves and completes by Enter', async () => {
    const { host, page } = await show({ desk: counterSnapshot({ waiting: waitingRows(3) }) })
    playCounter(host)
    const [first] = host.snapshot().waiting
    await page.getByText('Siapa yang bertugas?').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type(POLICE_OFFICER.pin)
    for (const step of [/Buka Loket/, /Panggil Berikutnya/, /Mulai Layani/, /Selesai/]) {
      await act(page, step).waitFor()
      await beyondGuard(page)
      await page.keyboard.press('Enter')
    }
    // The second half of a double press answers nothing.
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Layanan diberikan' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Layanan diberikan'))
    await beyondGuard(page)
    expect(host.received.at(-1)?.method).toBe('queue.startServing')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Panggil Berikutnya'))

    expect(host.received.map(({ method }) => method)).toEqual([
      'session.signIn',
      'counter.open',
      'queue.callNext',
      'queue.startServing',
      'queue.complete',
    ])
    expect(host.received.at(-1)?.input).toMatchObject({
      visitId: first?.visitId,
      entryNo: 1,
      outcome: 'delivered',
      paymentReference: null,
    })
    const ids = host.received.slice(1).map(({ input }) => input.commandId)
    expect(new Set(ids).size).toBe(4)
  })

  test('every act has its function key, and an outcome its digit', async () => {
    const { host, page } = await show({ desk: openCounter({ open: false }) })
    playCounter(host)
    const keys = [
      ['F9', act(page, /Panggil Berikutnya/)],
      ['F2', act(page, /Mulai Layani/)],
      ['F1', page.getByText('Dipanggil 2 kali')],
      ['F3', act(page, /Selesai/)],
    ] as const
    for (const [key, result] of keys) {
      await page.keyboard.press(key)
      await result.waitFor()
      await answered(page)
    }
    await page.keyboard.press('F4')
    await page.getByRole('button', { name: 'Berkas belum lengkap' }).waitFor()
    await page.keyboard.press('3')
    await act(page, /Panggil Berikutnya/).waitFor()
    expect(host.received.at(-1)?.input).toMatchObject({ outcome: 'incomplete' })
  })

  test('the payment to the bank is typed or scanned straight away, and its digits choose no outcome', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3, { serviceId: PAID_SERVICE }) }) })
    playCounter(host)
    await page.keyboard.press('F4')
    const field = page.getByLabel('Nomor transaksi bank')
    await field.waitFor()
    await act(page, /Ditolak/).focus()
    await page.waitForTimeout(550)
    await page.keyboard.press('F4')
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.type('0a12')
    await page.keyboard.press('Enter')
    await page.getByText('6 sampai 30 huruf atau angka').waitFor()
    expect(host.received).toEqual([])
    await page.keyboard.type('3/2026')
    await page.keyboard.press('Enter')
    await act(page, /Panggil Berikutnya/).waitFor()
    const { input } = host.received.at(-1) ?? {}
    expect(input).toMatchObject({ outcome: 'delivered', paymentReference: '0A123/2026' })
  })

  test('a number that looks like that of a person is asked about, and goes on only when it is corrected or meant', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3, { serviceId: PAID_SERVICE }) }) })
    playCounter(host)
    await page.keyboard.press('F4')
    const field = page.getByLabel('Nomor transaksi bank')
    await page.getByText('bukan nomor pelanggan, VA, atau NIK').waitFor()
    const meant = act(page, /Memang nomor transaksi/)
    await page.keyboard.type('5171015205900001')
    // A scanner may send Enter twice.
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key)
    await page.getByText('Ini tampak seperti NIK').waitFor()
    await act(page, /Ditolak/).click()
    expect(host.received).toEqual([])
    await field.fill('5171015205900002')
    expect(await meant.count()).toBe(0)
    await page.keyboard.press('Enter')
    await meant.click()
    await field.press('Enter')
    await act(page, /Panggil Berikutnya/).waitFor()
    expect(host.received.at(-1)?.input).toMatchObject({ outcome: 'delivered', paymentReference: '5171015205900002' })
  })

  test('where there is a tariff, no digit ends the service wherever the focus is; the buttons do', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3, { serviceId: PAID_SERVICE }) }) })
    playCounter(host)
    await page.keyboard.press('F4')
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
    for (const name of [/Layanan diberikan/, /Ditolak/, /Berkas belum lengkap/]) {
      await page.keyboard.press('Tab')
      expect(await act(page, name).evaluate((button) => button === document.activeElement)).toBe(true)
      await page.keyboard.type('123')
    }
    expect(host.received).toEqual([])
    await page.keyboard.press('Enter')
    await act(page, /Panggil Berikutnya/).waitFor()
    expect(host.received.at(-1)?.input).toMatchObject({ outcome: 'incomplete', paymentReference: null })
  })

  test('a visitor who did not come is asked about once more', async () => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry({ calls: 3 }) }) })
    playCounter(host)
    await page.keyboard.press('F8')
    await page.getByText('Sudah dipanggil 3 kali').waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Ya, tidak hadir'))
    await page.keyboard.press('Enter')
    await act(page, /Panggil Berikutnya/).waitFor()
    expect(host.received.map(({ method }) => method)).toEqual(['queue.noShow'])
  })

  test('a journey goes on to its next step with what this step hands over', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(4, { journeyId: 'ktp-hilang' }) }) })
    playCounter(host)
    await act(page, /Lanjut ke Langkah 2/).waitFor()
    // An Enter that is held down does not forward without the letter, and not a character after it is lost.
    await page.keyboard.down('Enter')
    await page.getByLabel('Nomor surat keterangan kehilangan').waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
    await page.keyboard.down('Enter')
    await beyondGuard(page)
    await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    expect(host.received).toEqual([])
    await page.keyboard.type('STPLK/1187')
    await page.keyboard.press('Enter')
    await act(page, /Panggil Berikutnya/).waitFor()
    expect(host.received.at(-1)).toMatchObject({
      method: 'queue.forward',
      input: { toServiceId: 'ktp-el-hilang', handsOver: 'STPLK/1187' },
    })
  })

  test('any other service is found by a word of it, never the present one', async () => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
    playCounter(host)
    await page.keyboard.press('F6')
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox')
    await page.keyboard.type('kehilangan')
    await page.getByText('Tidak ada layanan yang cocok').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('ktp hilang')
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key)
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Alihkan ke'))
    await beyondGuard(page)
    expect(host.received, 'by the second half of a double press').toEqual([])
    await page.keyboard.press('Enter')
    await act(page, /Panggil Berikutnya/).waitFor()
    expect(host.received.at(-1)).toMatchObject({
      method: 'queue.transfer',
      input: { toServiceId: 'ktp-el-hilang', toCounterId: null, place: 'end', returns: false },
    })
  })
})

test('the second half of a double click does not press the next step’s button', async () => {
  const { host, page } = await show({ desk: openCounter() })
  playCounter(host)
  await act(page, /Panggil Berikutnya/).dblclick({ delay: 30 })
  await act(page, /Mulai Layani/).waitFor()
  await page.waitForTimeout(100)
  expect(host.received.map(({ method }) => method)).toEqual(['queue.callNext'])
})

test('the second half of a double click on a dialog’s answer presses nothing of what lay behind it', async () => {
  const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
  playCounter(host)
  await act(page, /Tidak Hadir/).click()
  const clicks = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let heard = 0
        document.addEventListener('click', () => {
          heard += 1
        })
        setTimeout(() => resolve(heard), 1_000)
      }),
  )
  await act(page, /Ya, tidak hadir/).dblclick({ delay: 60 })
  expect(await clicks).toBe(1)
})

test('after a dialog that was opened by mouse the focus is on the next step again', async () => {
  const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
  playCounter(host)
  await act(page, /Tidak Hadir/).click()
  await act(page, /Ya, tidak hadir/).click()
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Panggil Berikutnya'))
})

test('while a command is under way nothing else is sent', async () => {
  const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
  // As long as the test wants it, however slow the machine is.
  const { promise: answered, resolve: answer } = Promise.withResolvers<typeof DONE>()
  host.answer('queue.callAgain', () => answered)
  await page.keyboard.press('F1')
  await page.keyboard.press('F1')
  await act(page, /Mulai Layani/).click({ force: true })
  await page.waitForTimeout(100)
  answer(DONE)
  await page.waitForTimeout(100)
  expect(host.received.map(({ method }) => method)).toEqual(['queue.callAgain'])
})

test('a refusal is explained with its code, and the focus stays', async () => {
  const { host, page } = await show({ desk: openCounter() })
  host.answer('queue.callNext', () => ({ ok: false, code: 'NOTHING_WAITING' }))
  await page.keyboard.press('Enter')
  const alert = page.getByRole('alert')
  await alert.getByText('Belum ada yang dapat dipanggil.').waitFor()
  await alert.getByText('Kode: NOTHING_WAITING').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Panggil Berikutnya')
})

test('a code that this version does not know still shows', async () => {
  const { host, page } = await show({ desk: openCounter() })
  host.answer('queue.callNext', () => ({ ok: false, code: 'FROM_THE_FUTURE' }))
  await page.keyboard.press('F2')
  await page.getByText('Kode: FROM_THE_FUTURE').waitFor()
})

test('the called number is announced to a screen reader', async () => {
  const { host, page } = await show({ desk: openCounter() })
  playCounter(host)
  const label = host.snapshot().waiting[0]?.label
  await page.keyboard.press('F2')
  await page.locator('[aria-live="assertive"]', { hasText: `Nomor ${label} dipanggil` }).waitFor()
})

test('the stopwatch runs by the host’s clock and says when the standard is passed', async () => {
  const { host, page } = await show({ desk: openCounter({ current: servingEntry(14.99) }) })
  const timer = page.getByRole('timer')
  await page.getByText('mendekati standar 15 menit').waitFor()
  await page.getByText('melewati standar 15 menit').waitFor()
  expect(await timer.textContent()).toMatch(/^15:0\d$/)
  // An hour is added on the host's side only: the page's own clock must not matter.
  host.show('desk', { at: Date.now() + 3_600_000 })
  await page.getByText(/^1:15:\d\d$/).waitFor()
})

test('what an earlier step handed over stands beside the number', async () => {
  const { page } = await show({ desk: openCounter({ current: secondStepEntry() }) })
  await page.getByText('Nomor surat keterangan kehilangan').waitFor()
  await page.getByText('STPLK/1187/XI/2026/SPKT').waitFor()
  await page.getByText('langkah 2 dari 2').waitFor()
})

test('five hundred waiting visitors are counted, but only those in view are drawn', async () => {
  const { page } = await show({ desk: openCounter({ waiting: waitingRows(500) }) })
  const list = page.getByRole('list', { name: 'Menunggu' })
  await page.getByText('4 siap di loket ini, 496 bersama loket lain').waitFor()
  expect(await list.locator('[aria-posinset]').count()).toBeLessThan(40)
  await list.focus()
  await page.keyboard.press('End')
  await list.locator('[aria-posinset="500"]').waitFor()
  expect(await list.locator('[aria-posinset="1"]').count()).toBe(0)
})

test('a list that was empty draws every row that comes into view', async () => {
  const { host, page } = await show({ desk: openCounter({ waiting: [] }) })
  await page.getByText('Belum ada yang menunggu').waitFor()
  host.show('desk', { waiting: waitingRows(40) })
  const list = page.getByRole('list', { name: 'Menunggu' })
  await list.locator('[aria-posinset="12"]').waitFor()
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await list.locator('[aria-posinset="40"]').waitFor()
})

test('without visitors there is no button to call', async () => {
  const { page } = await show({ desk: openCounter({ waiting: [] }) })
  await page.getByText('Belum ada yang menunggu').waitFor()
  expect(await act(page, /Panggil/).count()).toBe(0)
})

test('signing out waits until the visitor is finished', async () => {
  const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
  playCounter(host)
  await page.getByRole('button', { name: POLICE_OFFICER.name }).click()
  await page.getByText(/Selesaikan .* dulu sebelum keluar/).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Keluar' }).count()).toBe(0)
  host.show('desk', { current: null })
  await page.getByRole('menuitem', { name: 'Keluar' }).click()
  await page.getByText('Siapa yang bertugas?').waitFor()
})

test('one press changes the language and it stays so', async () => {
  const { page } = await show({ desk: openCounter() })
  await page.getByRole('button', { name: 'EN: ganti bahasa ke Inggris' }).click()
  await act(page, /Call next/).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await page.reload()
  await act(page, /Call next/).waitFor()
})
