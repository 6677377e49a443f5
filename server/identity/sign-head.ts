/** Ed25519 over the head of a device's chain (contract/wire.ts): what the server has once confirmed it cannot deny. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { type SignedHead, signedHeadText } from '#contract/wire.ts'

export type ServerKey = {
  privateKey: KeyObject
  publicKey: KeyObject
  /** The 32 raw bytes in base64url, as a device gets them when it enrols. */
  publicText: string
}

/** PKCS#8 in base64url, to be stored. */
export function newServerKeyText(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url')
}

export function readServerKey(text: string): ServerKey {
  const privateKey = createPrivateKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const { x } = publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new TypeError('not an Ed25519 key')
  return { privateKey, publicKey, publicText: x }
}

export function signHead(key: ServerKey, deviceId: string, head: Omit<SignedHead, 'signature'>): SignedHead {
  const { generation, seq, hash } = head
  const signature = sign(null, Buffer.from(signedHeadText(deviceId, head)), key.privateKey).toString('base64url')
  return { generation, seq, hash, signature }
}

/** Did this server's own key sign that head for this device? */
export function isOurHead(key: ServerKey, deviceId: string, head: SignedHead): boolean {
  const signature = Buffer.from(head.signature, 'base64url')
  return verify(null, Buffer.from(signedHeadText(deviceId, head)), key.publicKey, signature)
}
