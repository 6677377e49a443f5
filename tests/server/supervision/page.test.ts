/** The supervisor's page in a real Chromium, by keyboard. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '#tests/renderer/browser.ts'
import { TestConnection } from '#tests/server/support/test-connection.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** Loket 2 silent with two entries, loket 3 in doubt. */
async function troubledMall() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const silent = await mall.counter('dukcapil-1')
  await new TestConnection(silent).greet()
  await silent.open()
  await desk.issue('D-001', 'ktp')
  await desk.issue('D-002', 'ktp')
  const [called] = await silent.grants()
  if (!called) throw new Error('nothing was granted')
  silent.recordCall(called)
  silent.record({ type: 'entry.called_again', data: { visitId: called.visitId, entryNo: 2, times: 2 } })
  await silent.push()
  const doubtful = new TestConnection(await mall.counter('dukcapil-2'))
  await doubtful.greet()
  await doubtful.heartbeat()
  await doubtful.hello({ nonce: 'other' })
  mall.now += 120_000
  return { mall, silent, doubtful }
}

async function openPage(mall: TestMall): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4')) faults.push(message.text())
  })
  await page.goto(`${mall.url}/penyelia`)
  await page.locator('#login').waitFor()
  return { page, faults }
}

async function signIn(page: Page, pin = '480926'): Promise<void> {
  await page.locator('#code').focus()
  await page.keyboard.type('MAL90')
  await page.keyboard.press('Tab')
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
}

const cardOf = (page: Page, text: string) => page.locator('#troubles > li', { hasText: text })

test('a supervisor signs in, sees what is stranded and reclaims it with the keyboard', async () => {
  const { mall, silent } = await troubledMall()
  const { page, faults } = await openPage(mall)
  await signIn(page)
  const card = cardOf(page, 'Loket 2')
  await card.waitFor()
  expect(await card.innerText()).toContain('D-001 (dipanggil)')
  expect(await cardOf(page, 'Loket 3').innerText()).toContain('Identitas PC ini diragukan')
  expect(await page.locator('#findings').innerText()).toContain('UNKNOWN_VISIT')
  if (process.env.LOKET_SCREENSHOT) await page.screenshot({ path: process.env.LOKET_SCREENSHOT })

  await card.getByRole('button', { name: 'Ambil kembali antrean' }).focus()
  await page.keyboard.press('Enter')
  const yes = page.getByRole('button', { name: 'Ambil kembali', exact: true })
  await yes.waitFor()
  expect(await yes.isDisabled()).toBe(true)
  expect(await page.locator('dialog').innerText()).toContain('Saya sudah memastikan loket ini berhenti.')
  if (process.env.LOKET_SCREENSHOT) await page.screenshot({ path: `${process.env.LOKET_SCREENSHOT}.dialog.png` })
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')

  await card.waitFor({ state: 'detached' })
  expect(await page.locator('#notice').innerText()).toBe('Loket 2: sudah dilaksanakan.')
  expect((await mall.entries()).map(({ device_id }) => device_id)).not.toContain(silent.id)
  expect(faults).toEqual([])
  await page.close()
})

test('Escape leaves everything as it was and the focus where it came from', async () => {
  const { mall, silent } = await troubledMall()
  const { page } = await openPage(mall)
  await signIn(page)
  const button = cardOf(page, 'Loket 2').getByRole('button', { name: 'Ambil kembali antrean' })
  await button.focus()
  await page.keyboard.press('Enter')
  await page.locator('dialog[open]').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })

  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  expect((await mall.entries()).map(({ device_id }) => device_id)).toContain(silent.id)
  await page.close()
})

test('a device in doubt is readmitted, and goes on with a new chain', async () => {
  const { mall, doubtful } = await troubledMall()
  const { page } = await openPage(mall)
  await signIn(page)
  const card = cardOf(page, 'Loket 3')
  await card.getByRole('button', { name: 'Terima PC ini kembali' }).click()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Terima kembali', exact: true }).click()

  await card.waitFor({ state: 'detached' })
  expect(await doubtful.greet()).toMatchObject({ generation: 2 })
  await page.close()
})

test('a wrong PIN is said, the PIN is gone from the field, and signing out ends it', async () => {
  const mall = await TestMall.start()
  const { page } = await openPage(mall)
  await signIn(page, '000000')
  await page.locator('#notice', { hasText: 'Kode petugas atau PIN salah. (WRONG_PIN)' }).waitFor()
  expect(await page.locator('#pin').inputValue()).toBe('')

  await page.locator('#code').fill('')
  await signIn(page)
  await page.locator('#no-troubles').waitFor()
  await page.getByRole('button', { name: 'Keluar' }).click()
  await page.locator('#login').waitFor()
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  await page.close()
})

test('a sign-in that ran out asks to sign in again', async () => {
  const mall = await TestMall.start()
  const { page } = await openPage(mall)
  await signIn(page)
  await page.locator('#no-troubles').waitFor()
  mall.now += 31 * 60_000

  await page.locator('#login').waitFor()
  expect(await page.locator('#notice').innerText()).toContain('Sesi berakhir. Masuk lagi.')
  await page.close()
})
