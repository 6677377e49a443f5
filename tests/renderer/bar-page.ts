/** Shows the compact bar in the size of its window, with a host that counts what is asked of it. */
import type { Page } from 'playwright-core'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import type { screenSuite } from '#tests/renderer/screen-suite.ts'

/** `showScreen` comes from the file's own suite. */
export function barSuite(showScreen: ReturnType<typeof screenSuite>) {
  return async (desk: DeskSnapshot) => {
    const shown = await showScreen({ desk }, { viewport: { width: 600, height: 72 } }, { query: '&view=bar' })
    shown.host.answer('shell.fitBar', () => DONE)
    shown.host.answer('shell.showDesk', () => ({ ok: true, data: { path: null } }))
    const asked = () => shown.host.received.filter(({ method }) => method !== 'shell.fitBar')
    return { ...shown, asked, methods: () => asked().map(({ method }) => method) }
  }
}

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
export const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
