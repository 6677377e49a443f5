/** Everything that can be used can be reached by Tab, in the order it is read, is seen when it has the focus, and lets go. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export async function expectKeyboardWalk(page: Page): Promise<void> {
  if ((await page.getByRole('menu').count()) > 0) await walkMenu(page)
  else await walk(page)
  await leaveByEscape(page)
}

async function walk(page: Page): Promise<void> {
  // The window has just got another size.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const controls = await page.evaluate(markControls)
  expect(controls.length, 'nothing can be used here').toBeGreaterThan(0)
  const visited: number[] = []
  const bad: string[] = []
  for (let step = 0; step < controls.length + 2; step += 1) {
    await page.keyboard.press('Tab')
    const { mark, problem } = await page.evaluate(lookAtFocus)
    if (problem) bad.push(problem)
    if (mark === visited[0]) break
    if (mark !== null) visited.push(mark)
  }
  expect(bad).toEqual([])
  // The walk begins wherever the focus was last.
  const first = visited.indexOf(0)
  expect([...visited.slice(first), ...visited.slice(0, first)].map((mark) => controls[mark])).toEqual(controls)
}

/** A menu is one stop; arrows go round in it. */
async function walkMenu(page: Page): Promise<void> {
  const items = await page.getByRole('menuitem').allTextContents()
  const visited = new Set<string | null>()
  for (const _item of items) {
    await page.keyboard.press('ArrowDown')
    visited.add(await page.evaluate(() => document.activeElement?.textContent ?? null))
  }
  expect([...visited].sort()).toEqual(items.sort())
}

/** What lies over the screen goes away by Escape, and the focus is not lost. */
async function leaveByEscape(page: Page): Promise<void> {
  const over = page.locator('[role="dialog"], [role="menu"]')
  if ((await over.count()) === 0) return
  await page.keyboard.press('Escape')
  await over.first().waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement !== document.body)
}

/** Runs in the page: numbers every control that Tab must reach, in the order of the document, and names them. */
function markControls(): string[] {
  const scope = document.querySelector('[role="dialog"]') ?? document.body
  const groups = new Set<string>()
  const controls = [
    ...scope.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]'),
  ]
    .filter((element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility())
    .filter((element) => !element.closest('[inert], [aria-hidden="true"]'))
    // Of a group of radio buttons Tab reaches one, arrows the others.
    .filter((element) => {
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true
      const group = document.querySelectorAll<HTMLInputElement>(
        `input[type="radio"][name="${CSS.escape(element.name)}"]`,
      )
      const chosen = [...group].find(({ checked }) => checked)
      if (chosen ? chosen !== element : groups.has(element.name)) return false
      groups.add(element.name)
      return true
    })
  controls.forEach((element, index) => {
    element.dataset.walk = String(index)
  })
  return controls.map((element) => `${element.tagName} ${element.ariaLabel ?? element.textContent}`.slice(0, 60))
}

/** Runs in the page: which control has the focus, and what is wrong with how it shows. */
function lookAtFocus(): { mark: number | null; problem: string | null } {
  const focused = document.activeElement as HTMLElement | null
  if (!focused || focused === document.body) return { mark: null, problem: null }
  const mark = focused.dataset.walk === undefined ? null : Number(focused.dataset.walk)
  const name = focused.outerHTML.slice(0, 120)
  if (mark === null) return { mark, problem: `focus on what is no control: ${name}` }
  // A field drawn by its label shows the focus there.
  const near = [focused, focused.parentElement, focused.parentElement?.parentElement, focused.nextElementSibling]
  const isRinged = near.some((element) => {
    const style = element && getComputedStyle(element)
    return style && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
  })
  if (!isRinged) return { mark, problem: `no focus ring: ${name}` }
  const { left, right, top, bottom } = focused.getBoundingClientRect()
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) {
    return { mark, problem: `out of view: ${name}` }
  }
  const middle = {
    x: (Math.max(0, left) + Math.min(innerWidth, right)) / 2,
    y: (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2,
  }
  const atop = document.elementFromPoint(middle.x, middle.y)
  const owner = focused.closest('label') ?? focused
  if (!atop || !(owner.contains(atop) || atop.contains(focused))) return { mark, problem: `covered: ${name}` }
  return { mark, problem: null }
}
