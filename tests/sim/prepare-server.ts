/** The server's database before the mall opens, and a configuration as its import leaves it. */
import { mkdirSync } from 'node:fs'
import type { DeviceConfig } from '#contract/mall-config.ts'
import { loadSigningKey, publicKeyOf } from '#server/identity/sign-head.ts'
import { mallAudience } from '#server/queue/audience.ts'
import { addChanges } from '#server/queue/changes.ts'
import { openStore } from '#server/store/open.ts'
import type { Db } from '#server/store/schema.ts'
import { configOf, MALL_ID, MORNING, PLACES } from '#tests/sim/sim-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'

export type ServerIdentity = { serverKey: string; tokenOf(deviceId: string): string }

export const tokenOf = (deviceId: string) => `token-of-${deviceId}`.padEnd(43, 'x')
/** A database with the mall, its configuration and its devices, as the first start and six enrolments leave it. */
export async function prepareSimServer(folder: string): Promise<ServerIdentity> {
  mkdirSync(folder, { recursive: true })
  const db = await openStore(folder)
  await db.insertInto('server_state').values({ id: 1, incarnation: 1, created_at: MORNING }).execute()
  await db
    .insertInto('incarnation')
    .values({ n: 1, began_at: MORNING - 86_400_000 })
    .execute()
  await db.insertInto('mall').values({ id: MALL_ID, server_device_id: null }).execute()
  await storeConfig(db, configOf(1))
  for (const { role, slot, deviceId, name } of PLACES) {
    await db
      .insertInto('device')
      .values({
        id: deviceId,
        mall_id: MALL_ID,
        token_hash: sha256(tokenOf(deviceId)),
        role_kind: role.kind,
        place_id: role.kind === 'counter' ? role.counterId : role.frontDeskId,
        name,
        slot,
        generation: 1,
        enrolled_at: MORNING,
        revoked_at: null,
        incarnation: 1,
        adopted_seq: 0,
      })
      .execute()
  }
  const serverKey = publicKeyOf(await loadSigningKey(db))
  await db.destroy()
  return { serverKey, tokenOf }
}

export async function storeConfig(db: Db, config: DeviceConfig): Promise<void> {
  await db.transact(MALL_ID, async (trx) => {
    await trx
      .insertInto('config_version')
      .values({
        mall_id: MALL_ID,
        version: config.version,
        seal: 'scrypt$2$c2FsdA$aGFzaA',
        body: JSON.stringify(config),
        imported_at: MORNING,
      })
      .execute()
    await addChanges(trx, MALL_ID, [
      { audience: mallAudience(MALL_ID), businessDate: null, change: { kind: 'config', version: config.version } },
    ])
  })
}
