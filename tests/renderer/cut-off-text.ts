/** Text of which a part cannot be seen and cannot be scrolled to, unless the whole of it stands in a title. */
import type { Page } from 'playwright-core'

export function cutOffText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'
    /** Half a pixel is rounding; letters reach a little beyond their line. */
    const sideways = 1
    const upright = 4

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent?.trim() ?? ''
      const parent = node.parentElement
      if (words === '' || !parent?.checkVisibility({ visibilityProperty: true })) continue
      if (parent.closest('[title]')?.getAttribute('title')?.includes(words)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      if (isCut(parent, range.getBoundingClientRect())) found.push(words)
    }
    return found

    function isCut(start: Element, text: DOMRect): boolean {
      let acrossIsFree = false
      let downIsFree = false
      for (let element: Element | null = start; element && element !== document.body; element = element.parentElement) {
        const style = getComputedStyle(element)
        const box = element.getBoundingClientRect()
        // For screen readers only.
        if (box.width <= 1 && box.height <= 1) return false
        if (style.display === 'inline') continue
        if (!acrossIsFree && hides(style.overflowX)) {
          if (text.right > box.right + sideways || text.left < box.left - sideways) return true
        }
        if (!downIsFree && hides(style.overflowY)) {
          if (text.bottom > box.bottom + upright || text.top < box.top - upright) return true
        }
        // What is beyond it can be scrolled to.
        acrossIsFree ||= scrolls(style.overflowX)
        downIsFree ||= scrolls(style.overflowY)
      }
      return !acrossIsFree && (text.right > document.documentElement.clientWidth + sideways || text.left < -sideways)
    }
  })
}
