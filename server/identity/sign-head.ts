/** The server's signature under what it confirmed to have: a device proves by it that its own log was cut off behind it. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { signedHeadText } from '#contract/wire/agreed.ts'
import type { SignedHead } from '#contract/wire/hello.ts'
import type { Db, Trx } from '#server/store/schema.ts'

const HEAD_KEY = 'head_key'

/** One key for all malls of the database, made at the first start; a backup carries it, so old heads stay provable. */
export async function loadSigningKey(db: Db | Trx): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519')
  await db
    .insertInto('server_secret')
    .values({ name: HEAD_KEY, value: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db
    .selectFrom('server_secret')
    .select('value')
    .where('name', '=', HEAD_KEY)
    .executeTakeFirstOrThrow()
  return createPrivateKey(value)
}

/** Ed25519, 32 raw bytes in base64url. */
export function publicKeyOf(signingKey: KeyObject): string {
  const { x } = createPublicKey(signingKey).export({ format: 'jwk' })
  if (x === undefined) throw new TypeError('not an Ed25519 key')
  return x
}

type Head = Omit<SignedHead, 'signature'> & { deviceId: string }

export function signHead({ signingKey }: { signingKey: KeyObject }, { deviceId, ...head }: Head): string {
  return sign(null, Buffer.from(signedHeadText(deviceId, head)), signingKey).toString('base64url')
}
