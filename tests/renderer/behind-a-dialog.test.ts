/** Behind a dialog that is no question of the desk nothing acts: no key, no scan, no press on the bar, no seconds. */
import { describe, expect, test } from 'vitest'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { calledEntry, frontDeskSnapshot, openCounter, waitingRows } from '#tests/renderer/sample-screens.ts'
import { scanSlip } from '#tests/renderer/scan-slip.ts'
import { scan } from '#tests/renderer/scanner.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

describe('behind a dialog that is no question of the desk', () => {
  test('no key acts: nobody is served, nobody called, and no other dialog comes up', async () => {
    const { page, host } = await show({ desk: openCounter({ current: calledEntry() }) })
    playCounter(host)
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog').waitFor()
    for (const key of ['F3', 'F1', 'F8', 'F10', 'Control+k']) await page.keyboard.press(key)
    expect(await page.getByRole('dialog').count()).toBe(1)
    expect(await page.getByRole('menu').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(host.received).toEqual([])
    await page.keyboard.press('F3')
    await page.getByRole('button', { name: /Selesai/ }).waitFor()
  })

  test('no slip is taken; a line says what to do with it, and its digits choose nobody and are no PIN', async () => {
    const { page, host } = await show({ desk: openCounter() })
    playCounter(host)
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog').waitFor()
    for (const step of ['the names', 'the PIN']) {
      await scanSlip(page)
      await page.getByRole('dialog').getByText('Pindaian itu belum diterima').waitFor()
      expect(await page.getByLabel('PIN 6 angka').count()).toBe(step === 'the PIN' ? 1 : 0)
      await page.keyboard.press('1')
      await page.getByLabel('PIN 6 angka').waitFor()
    }
    expect(host.received).toEqual([])
  })

  test('nothing pressed on the bar acts', async () => {
    const { page, host } = await show({ desk: openCounter({ current: calledEntry() }) })
    playCounter(host)
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog').waitFor()
    host.press('deskPress', 'startServing')
    // What comes after it on the same line has been seen: so has the press.
    host.show('desk', { waiting: waitingRows(7) })
    await page.getByText('7', { exact: true }).first().waitFor()
    expect(host.received).toEqual([])
  })

  test('no number is issued at the front desk', async () => {
    const { page, host } = await show({ desk: frontDeskSnapshot() })
    await page.getByLabel('Cari layanan').fill('surat hilang')
    await page.getByText('Surat keterangan kehilangan').first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Semua lengkap'))
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('F4')
    await page.keyboard.press('F2')
    expect(await page.getByRole('dialog').count()).toBe(1)
    expect(host.received).toEqual([])
  })

  test('no booking code is looked for at the front desk, and its digits are no PIN', async () => {
    const { page, host } = await show({ desk: frontDeskSnapshot() })
    await page.locator('main button').first().focus()
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('1')
    const field = page.getByLabel('PIN 6 angka')
    await field.waitFor()
    await scan(page, 'MPP-1234567')
    await page.getByRole('dialog').getByText('Pindaian itu belum diterima').waitFor()
    await page.waitForTimeout(300)
    expect(await field.inputValue()).toBe('')
    expect(host.received).toEqual([])
  })

  test('nobody is called automatically', async () => {
    const { page, host } = await show({ desk: openCounter({ current: calledEntry() }) })
    playCounter(host)
    await page.getByLabel('Panggil otomatis').check()
    await page.keyboard.press('F8')
    await page.getByRole('button', { name: 'Ya, tidak hadir' }).click()
    await page.getByText('dipanggil dalam').waitFor()
    await page.keyboard.press('Control+g')
    await page.getByText('dipanggil dalam').waitFor({ state: 'hidden' })
    await page.waitForTimeout(3_200)
    expect(host.received.map(({ method }) => method)).toEqual(['queue.noShow'])
  })
})
