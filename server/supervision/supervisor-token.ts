/**
 * What a signed-in supervisor shows with every request: signed by the server's key instead of kept anywhere, so that every
 * server of the mall knows it and no list of sessions can be stolen.
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { ConfigId, Millis } from '#contract/events.ts'

const SESSION_MS = 30 * 60_000
const PURPOSE = 'LOKET-SUPERVISOR1'

const Session = z.strictObject({ mallId: ConfigId, officerId: ConfigId, expiresAt: Millis })
export type SupervisorSession = z.infer<typeof Session>

export function newSupervisorToken(signingKey: KeyObject, mallId: string, officerId: string, now: number): string {
  const session: SupervisorSession = { mallId, officerId, expiresAt: now + SESSION_MS }
  const payload = Buffer.from(JSON.stringify(session)).toString('base64url')
  return `${payload}.${sign(null, signedBytes(payload), signingKey).toString('base64url')}`
}

/** Null for a token that this server did not give or that has run out. */
export function readSupervisorToken(signingKey: KeyObject, token: string, now: number): SupervisorSession | null {
  const [payload = '', signature = ''] = token.split('.')
  if (!verify(null, signedBytes(payload), createPublicKey(signingKey), Buffer.from(signature, 'base64url'))) return null
  const session = Session.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  return session.expiresAt > now ? session : null
}

function signedBytes(payload: string): Buffer {
  return Buffer.from(`${PURPOSE}|${payload}`)
}
