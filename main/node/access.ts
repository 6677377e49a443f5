/**
 * Who may use the gateway: only the browser to which the printed address was given. The address's token works once and
 * becomes a session cookie that scripts cannot read and other sites cannot send.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export type Access = {
  /** The token that is good now; a new one only once it was used. */
  token(): string
  /** The value for Set-Cookie when the token was good; it is used up by that. Null otherwise. */
  redeem(token: string): string | null
  /** Whether a Cookie header holds the session. */
  admits(cookieHeader: string | undefined): boolean
}

/** Cookies are shared by all ports of an address, so the name carries the port. */
export function createAccess(port: number): Access {
  const name = `loket-session-${port}`
  const session = randomBytes(32).toString('base64url')
  let unused: string | null = null

  return {
    token() {
      unused ??= randomBytes(32).toString('base64url')
      return unused
    },
    redeem(token) {
      if (unused === null || !sameSecret(unused, token)) return null
      unused = null
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    admits(cookieHeader) {
      const cookies = (cookieHeader ?? '').split(';').map((pair) => pair.trim())
      return cookies.some((pair) => pair.startsWith(`${name}=`) && sameSecret(pair.slice(name.length + 1), session))
    },
  }
}

/** Takes the same time wherever the two differ. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
