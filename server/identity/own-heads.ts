import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { signedHeadText } from '#contract/wire/agreed.ts'
import type { SignedHead } from '#contract/wire/hello.ts'

/** Did this server's own key sign that head for this device? */
export function isOurHead(signingKey: KeyObject, deviceId: string, head: SignedHead): boolean {
  const signature = Buffer.from(head.signature, 'base64url')
  return verify(null, Buffer.from(signedHeadText(deviceId, head)), createPublicKey(signingKey), signature)
}
