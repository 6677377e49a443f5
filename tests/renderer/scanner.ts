/** A scanner at a page: keys that nobody at a keyboard could type. */
import type { Page } from 'playwright-core'

/** As fast as a scanner, however slow the line to the browser is; a key that nobody takes does what it does in a field or on a button. */
export const scan = (page: Page, code: string) =>
  page.evaluate(
    (keys) => {
      for (const key of keys) {
        const { activeElement } = document
        const isFree = activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
        if (!isFree) continue
        if (key !== 'Enter') document.execCommand('insertText', false, key)
        else if (activeElement instanceof HTMLButtonElement) activeElement.click()
      }
    },
    [...code, 'Enter'],
  )
