/** Checks what the mall server signed (Ed25519, contract/wire/hello.ts). */
import { createPublicKey, verify } from 'node:crypto'

/** `serverKey` is the raw public key and `signature` the signature, both base64url. */
export function isSignedBy(serverKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: serverKey }, format: 'jwk' })
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
}
