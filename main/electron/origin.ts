/** The only origin whose page may run in a window and talk to the shell. */
export const SCHEME = 'app'
export const ORIGIN = 'app://loket'

export function pageUrl(screenId: string): string {
  return `${ORIGIN}/?screen=${encodeURIComponent(screenId)}`
}

/** Not by comparing `URL.origin`, which is "null" for a scheme that the URL standard does not know. */
export function isOwnUrl(text: string): boolean {
  return URL.canParse(text) && text.startsWith(`${ORIGIN}/`)
}
