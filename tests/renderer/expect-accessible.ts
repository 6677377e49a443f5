/** What every screen must keep: WCAG 2.2 AA in light, dark and high contrast, and nothing lost at 200 % zoom. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { cutOffText } from '#tests/renderer/cut-off-text.ts'

/** 1366x768 at 200 %. */
const ZOOMED = { width: 683, height: 384 }
/** CSS pixels, WCAG 2.5.8. */
const SMALLEST_TARGET = 24

/** The very axe that @axe-core/playwright brings along. */
const AXE = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)
const THERE_ALREADY = ';'

/** The page is in the light; afterwards it is small and in the light again. */
export async function expectAccessible(page: Page): Promise<void> {
  // Once: left to itself each analysis sends and reads these half a million letters twice.
  await page.evaluate(AXE)
  const everything = axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  expect(await violations(everything)).toEqual([])
  expect(await smallTargets(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('[data-mantine-color-scheme="dark"]').waitFor()
  // Names, roles and structure do not depend on the colour scheme: of all that axe knows only the contrast can be another.
  expect(await violations(axe(page).withRules(['color-contrast'])), 'in the dark').toEqual([])
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' })
  expect(await unseenInHighContrast(page), 'unseen in high contrast').toEqual([])
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' })
  await page.setViewportSize(ZOOMED)
  await expectWhole(page)
}

/** In the page itself, where no frames are; and what is in order is only counted, not described. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page, axeSource: THERE_ALREADY }).setLegacyMode().options({ resultTypes: ['violations'] })
}

async function violations(builder: AxeBuilder) {
  const { violations, passes } = await builder.analyze()
  expect(passes.map(({ id }) => id)).toContain('color-contrast')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })))
}

/** Controls that a finger or a tired hand misses. A field inside its label is as large as the label. */
function smallTargets(page: Page): Promise<string[]> {
  return page.locator('button:visible, a:visible, input:visible, select:visible, summary:visible').evaluateAll(
    (controls, smallest) =>
      controls.flatMap((control) => {
        const { width, height } = (control.closest('label') ?? control).getBoundingClientRect()
        return width < smallest || height < smallest ? [`${control.outerHTML.slice(0, 120)}: ${width}x${height}`] : []
      }),
    SMALLEST_TARGET,
  )
}

/**
 * High contrast takes every background away and its colours are the system's own: a button needs a border, what is chosen
 * a ground of its own with one colour of words on it, and what lies over the screen an edge.
 */
function unseenInHighContrast(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (element: Element) => element.outerHTML.slice(0, 120)
    const seen = (selector: string) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
    const ground = getComputedStyle(document.body).backgroundColor
    const bare = seen('button:not([role="menuitem"])').filter((button) => {
      const { borderTopWidth, borderTopStyle } = getComputedStyle(button)
      return borderTopStyle === 'none' || Number.parseFloat(borderTopWidth) === 0
    })
    const unmarked = seen('button[aria-pressed="true"], [aria-selected="true"], button[aria-current]').filter(
      (chosen) => {
        const { backgroundColor, color } = getComputedStyle(chosen)
        const parts = [...chosen.querySelectorAll('*')].map((part) => getComputedStyle(part).color)
        return backgroundColor === ground || parts.some((one) => one !== color)
      },
    )
    const edgeless = seen('[role="dialog"], [role="menu"]').filter(
      (over) => getComputedStyle(over).borderTopStyle === 'none',
    )
    return [...bare, ...unmarked, ...edgeless].map(name)
  })
}

/** Nothing beyond the sides, no text cut off, and every button can be brought into view whole. */
async function expectWhole(page: Page) {
  // A menu follows the smaller window a moment later.
  await expect.poll(() => wideElements(page), { message: 'scrolls sideways' }).toEqual([])
  expect(await cutOffText(page), 'cut off at 200 %').toEqual([])
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

function wideElements(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('body *')].flatMap((element) => {
      const scrolls = element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX)
      return scrolls && element.scrollWidth > element.clientWidth + 1 ? [element.outerHTML.slice(0, 120)] : []
    }),
  )
}
