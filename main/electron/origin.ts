/** The only origin whose page may run in a window and talk to the shell. */
import type { View } from '#main/shell/screen-views.ts'

export const SCHEME = 'app'
export const ORIGIN = 'app://loket'

export function pageUrl(screenId: string, view: View): string {
  const query = new URLSearchParams({ screen: screenId, ...(view === 'bar' && { view }) })
  return `${ORIGIN}/?${query}`
}

/** Not by comparing `URL.origin`, which is "null" for a scheme that the URL standard does not know. */
export function isOwnUrl(text: string): boolean {
  return URL.canParse(text) && text.startsWith(`${ORIGIN}/`)
}
