/** What people do at the pages of a mall: keys, clicks, and a slip under a scanner. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

const SAMPLE_MALL = new URL('../../config/contoh-mpp.json', import.meta.url)

export async function signIn(page: Page, officerId: string): Promise<void> {
  const { officers } = JSON.parse(readFileSync(SAMPLE_MALL, 'utf8')) as {
    officers: { id: string; name: string; pin: string }[]
  }
  const officer = officers.find(({ id }) => id === officerId)
  if (!officer) throw new Error(`${officerId} is not in the sample mall`)
  await page.getByRole('button', { name: new RegExp(officer.name) }).click()
  await page.getByText('PIN 6 angka').first().waitFor()
  await page.keyboard.type(officer.pin)
}

/** A function key counts once the screen shows the act it belongs to and no other one is under way. */
export async function press(page: Page, key: string, act: RegExp): Promise<void> {
  await page.getByRole('button', { name: act }).first().waitFor()
  await page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
  await page.keyboard.press(key)
}

export async function complete(page: Page): Promise<void> {
  await press(page, 'F4', /Selesai/)
  await page.getByRole('button', { name: 'Layanan diberikan' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

export async function atDesk(page: Page, label: string): Promise<void> {
  await page.locator('main article p', { hasText: label }).first().waitFor()
}

/** What this screen's printer put into the QR code of the number's n-th entry, as the panel shows it. */
export async function slipOf(page: Page, label: string, entryNo = 1): Promise<string> {
  const text = await page
    .getByText(new RegExp(`LOKET2;[0-9a-f-]{36};${entryNo};${label};`))
    .first()
    .textContent()
  const slip = /LOKET2;\S+/.exec(text ?? '')?.[0]
  if (!slip) throw new Error(`no slip of ${label} on the panel`)
  return slip
}

/** As fast as a scanner, and with its Enter. */
export async function scan(page: Page, slip: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
  await page.keyboard.type(slip)
  await page.keyboard.press('Enter')
}
