/** Blocks of running numbers, and the keys for the slips on which they stand. */
import { z } from 'zod'
import { BusinessDate, ConfigId, Uuid } from '#contract/events.ts'

/** POST /v1/number-leases: a block of running numbers for one service's series and date. */
export const LeaseRequest = z.strictObject({ requestId: Uuid, serviceId: ConfigId, businessDate: BusinessDate })
export const LeaseReply = z.strictObject({
  serviceId: ConfigId,
  businessDate: BusinessDate,
  from: z.int().min(1),
  to: z.int().min(1),
})
export type LeaseReply = z.infer<typeof LeaseReply>

/**
 * GET /v1/slip-keys: the mall's keys for slips from yesterday to seven days ahead. `sealed` is AES-256-GCM (12 bytes IV, then
 * ciphertext, then 16 bytes tag, base64url) of the 32 key bytes under HKDF-SHA256(device token, salt = key id,
 * info = "loket slip key"): a copied database or a log shows no key.
 */
export const SlipKeysReply = z.strictObject({
  keys: z.array(z.strictObject({ keyId: z.string().min(1).max(40), businessDate: BusinessDate, sealed: z.string() })),
})
export type SlipKeysReply = z.infer<typeof SlipKeysReply>
