/** What tests of the front desk choose and get. */
import type { Page } from 'playwright-core'
import { catalogue, VISIT_ID } from '#tests/renderer/sample-screens.ts'

export const ISSUED = () => ({ ok: true as const, data: { visitId: VISIT_ID, label: 'P-042' } })
/** Asks for four things. */
export const LONG_LIST = catalogue.services.find(({ id }) => id === 'skck')

export async function choose(page: Page, words: string): Promise<void> {
  await page.getByLabel('Cari layanan').fill(words)
  await page.getByRole('option').first().click()
}
