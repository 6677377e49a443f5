/** What every screen must keep: WCAG 2.2 AA in light and dark, and nothing lost at 200 % zoom. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** 1366x768 at 200 %. */
const ZOOMED = { width: 683, height: 384 }

/** The page is in the light; afterwards it is dark and small. */
export async function expectAccessible(page: Page): Promise<void> {
  // A dialog fades in; half-way its colours are nobody's.
  await page.waitForTimeout(200)
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('[data-mantine-color-scheme="dark"]').waitFor()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize(ZOOMED)
  await expectWhole(page)
}

async function violations(page: Page) {
  const { violations, passes } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(passes.map(({ id }) => id)).toContain('color-contrast')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })))
}

/** Nothing beyond the sides, and every button can be brought into view whole. */
async function expectWhole(page: Page) {
  const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(contentWidth).toBeLessThanOrEqual(ZOOMED.width)
  const cutOff = await page.locator('main button:visible, [role="dialog"] button:visible').evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      button.scrollIntoView({ block: 'nearest' })
      const { left, right, top, bottom } = button.getBoundingClientRect()
      const whole = left >= 0 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1
      return whole ? [] : [button.textContent]
    }),
  )
  expect(cutOff).toEqual([])
}
