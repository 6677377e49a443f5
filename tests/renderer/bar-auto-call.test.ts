/** Calling automatically on the compact bar, and at the desk beside it. */

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { barSuite, button, focused } from '#tests/renderer/bar-page.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { openCounter, POLICE_OFFICER, servingEntry } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = barSuite(screenSuite())

describe('calling automatically on the bar', () => {
  const chosen = (page: Page) =>
    page.evaluate((officer) => {
      const change = { key: 'loket.autoCall', newValue: JSON.stringify({ [officer]: true }), storageArea: localStorage }
      localStorage.setItem(change.key, change.newValue)
      window.dispatchEvent(new StorageEvent('storage', change))
    }, POLICE_OFFICER.id)

  test('follows a visit that ends there, in seconds that can be stopped', async () => {
    const { host, page, methods } = await show(openCounter({ current: servingEntry(4) }))
    playCounter(host)
    await chosen(page)
    await page.keyboard.press('F4')
    await button(page, 'Ditolak').click()
    await page.getByText('dipanggil dalam 3 detik').waitFor()
    await button(page, 'Mulai Layani').waitFor()
    await page.keyboard.press('F8')
    await button(page, 'Ya, tidak hadir').click()
    await page.getByText('dipanggil dalam').waitFor()
    await button(page, /Jangan panggil/).click()
    await page.getByText('dipanggil dalam').waitFor({ state: 'detached' })
    await page.waitForTimeout(3_200)
    expect(methods()).toEqual(['queue.complete', 'queue.callNext', 'queue.noShow'])
    await expect.poll(() => focused(page)).toBe('Panggil Berikutnya')
  })

  test('goes on in sight when the visit ended at the desk, is stopped from here, and calls once', async () => {
    const { host, page: bar, methods } = await show(openCounter({ current: servingEntry(4) }))
    playCounter(host)
    const desk = await bar.context().newPage()
    await desk.goto(host.url)
    await desk.getByLabel('Panggil otomatis').check()
    const complete = async () => {
      host.show('desk', { current: servingEntry(4) })
      await button(desk, /Selesai/).waitFor()
      await desk.keyboard.press('F4')
      await desk.getByRole('dialog').waitFor()
      await desk.keyboard.press('1')
      await bar.getByText('dipanggil dalam').waitFor()
    }
    const other = await bar.context().newPage()
    await other.goto(host.url.replace('screen=test', 'screen=other'))
    await other.getByLabel('Panggil otomatis').waitFor()
    await complete()
    await bar.waitForTimeout(200)
    expect(await other.getByText('dipanggil dalam').count(), 'at another screen').toBe(0)
    await button(bar, /Jangan panggil/).click()
    await desk.getByText('dipanggil dalam').waitFor({ state: 'detached' })
    await bar.waitForTimeout(3_200)
    await complete()
    await button(bar, 'Mulai Layani').waitFor()
    await bar.waitForTimeout(300)
    expect(methods()).toEqual(['queue.complete', 'queue.complete', 'queue.callNext'])
  })
})

test('seconds that run at the bar go on at the desk that gets the keyboard, stop for what is open there, and leave with their page', async () => {
  const { host, page: bar, methods } = await show(openCounter({ current: servingEntry(4) }))
  playCounter(host)
  const desk = await bar.context().newPage()
  await desk.goto(host.url)
  await desk.getByLabel('Panggil otomatis').check()
  const seconds = (page: Page) => page.getByText('dipanggil dalam')
  const complete = async () => {
    host.show('desk', { current: servingEntry(4) })
    await button(bar, 'Selesai').waitFor()
    await bar.keyboard.press('F4')
    await button(bar, 'Ditolak').click()
    await seconds(desk).waitFor()
  }
  await complete()
  await desk.keyboard.press('F12')
  await seconds(bar).waitFor({ state: 'detached' })
  await desk.keyboard.press('Escape')
  await desk.getByRole('dialog').waitFor({ state: 'detached' })
  await desk.waitForTimeout(3_200)
  expect(methods()).toEqual(['queue.complete'])

  host.answer('queue.callNext', () => ({ ok: false, code: 'NOTHING_WAITING' }))
  await complete()
  await desk.evaluate(() => window.dispatchEvent(new Event('focus')))
  await desk.getByRole('alert').waitFor()
  expect(await bar.getByRole('alert').count()).toBe(0)
  expect(methods()).toEqual(['queue.complete', 'queue.complete', 'queue.callNext'])

  await complete()
  await bar.goto('about:blank')
  await seconds(desk).waitFor({ state: 'detached', timeout: 1_500 })
})
