/** Calling automatically at the desk: chosen by the officer, in seconds that everybody sees, and never after a correction. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { answered, button, leaves, methods, more } from '#tests/renderer/desk-page.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import { calledEntry, openCounter, servingEntry, waitingRows } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

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
