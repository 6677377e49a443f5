/** A slip at the desk: scanned or typed, taken or refused, wherever the focus is. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { answered, button, focused, methods } from '#tests/renderer/desk-page.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import { calledEntry, openCounter, servingEntry } from '#tests/renderer/sample-screens.ts'
import { SLIP, scanSlip } from '#tests/renderer/scan-slip.ts'
import { scan } from '#tests/renderer/scanner.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

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
