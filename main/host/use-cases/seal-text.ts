/** Gives a personal text its salt and hash. Only the hash goes into an event; the rest stands beside it and can be purged. */
import { personalTextHash } from '#domain/personal-text.ts'
import type { HostContext } from '#main/host/context.ts'

type SealedText = { salt: string; value: string; valueHash: string }

export function sealText({ ids, sha256 }: Pick<HostContext, 'ids' | 'sha256'>, value: string): SealedText {
  const salt = Buffer.from(ids.randomBytes(16)).toString('base64url')
  return { salt, value, valueHash: personalTextHash(sha256, salt, value) }
}
