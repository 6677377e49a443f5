/** What tests of the desk press, look for and count. */
import type { Page } from 'playwright-core'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'

export const button = (page: Page, name: RegExp) => page.getByRole('button', { name })
export const focused = (page: Page, words: string) =>
  page.waitForFunction((text) => document.activeElement?.textContent?.includes(text), words)
export const answered = (page: Page) => page.waitForFunction(() => !document.querySelector('main [aria-disabled]'))
export const methods = (host: FakeHost) => host.received.map(({ method }) => method)

export async function more(page: Page, item: RegExp): Promise<void> {
  await page.keyboard.press('F10')
  const wanted = page.getByRole('menuitem', { name: item })
  await wanted.waitFor()
  await wanted.press('Enter')
}

/** Every method that answers DONE and leaves nobody at the desk. */
export function leaves(host: FakeHost, ...names: string[]): void {
  for (const name of names) {
    host.answer(name, () => {
      host.show('desk', { current: null })
      return DONE
    })
  }
}
