/** Response headers of everything a shell serves to its screens. */
import { randomBytes } from 'node:crypto'

/** What index.html carries in place of the nonce; the shell puts a fresh one there for every page it serves. */
export const NONCE_PLACEHOLDER = '__LOKET_STYLE_NONCE__'

export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * Own files only; no inline script, no eval, no frame, no form. Styles that the component library adds at run time need
 * the page's nonce. `connect` names the WebSocket's address where a browser does not count it as 'self'.
 */
export function contentSecurityPolicy(nonce: string, connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export const PLAIN_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const
