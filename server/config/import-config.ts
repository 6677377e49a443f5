/** Takes the mall's file into the database: a new version only when its content changed, PINs only as hashes. */
import type { DeviceConfig, MallConfig, OfficerOnDevice } from '#contract/mall-config.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { recordServerFact } from '#server/own-chain/record-server-fact.ts'
import { mallAudience } from '#server/queue/audience.ts'
import { addChanges } from '#server/queue/changes.ts'
import { hashPin, sha256, verifyPin } from '#server/secrets.ts'
import { StartError } from '#server/start-error.ts'
import type { Db } from '#server/store/schema.ts'

/** The stored configuration: as devices get it, but with every officer. */
export type StoredConfig = DeviceConfig

/** For a server of this one mall: a database of other malls only is somebody else's. */
export async function importConfig(db: Db, config: MallConfig, now: number): Promise<StoredConfig> {
  const malls = await db.selectFrom('mall').select('id').orderBy('id').execute()
  const [other] = malls
  if (other && !malls.some(({ id }) => id === config.mall.id)) {
    const message = `Folder data ini milik mal "${other.id}", bukan "${config.mall.id}". Pakai folder --data lain.`
    throw new StartError('MALL_MISMATCH', message)
  }
  return importMall(db, config, now)
}

/** One of several malls on one database, as a province has them. */
export async function importMall(db: Db, config: MallConfig, now: number): Promise<StoredConfig> {
  const mallId = config.mall.id
  const { $schema: _schema, ...content } = config
  const text = canonicalJson(content)
  const latest = await db
    .selectFrom('config_version')
    .selectAll()
    .where('mall_id', '=', mallId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const known = latest ? (JSON.parse(latest.body) as StoredConfig) : null
  // One slow hash over everything, PINs included: a quick one would let a thief of the database guess six digits.
  if (latest && known && (await verifyPin(text, latest.seal))) return known

  const { officers, ...rest } = content
  const stored: StoredConfig = {
    ...rest,
    version: (latest?.version ?? 0) + 1,
    officers: await hashOfficers(officers, known?.officers ?? []),
  }
  const row = {
    version: stored.version,
    mall_id: mallId,
    seal: await hashPin(text),
    body: JSON.stringify(stored),
    imported_at: now,
  }
  // Its row is what transactions of this mall lock.
  await db
    .insertInto('mall')
    .values({ id: mallId, server_device_id: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  const isStored = await db.transact(mallId, async (trx) => {
    const newest = await trx
      .selectFrom('config_version')
      .select('version')
      .where('mall_id', '=', mallId)
      .orderBy('version', 'desc')
      .executeTakeFirst()
    if (newest?.version !== latest?.version) return false
    await trx.insertInto('config_version').values(row).execute()
    const imported = { version: stored.version, hash: sha256(row.body) }
    await recordServerFact(trx, { mallId, now: () => now }, { type: 'config.imported', data: imported }, 'server')
    await addChanges(trx, mallId, [
      { audience: mallAudience(mallId), businessDate: null, change: { kind: 'config', version: stored.version } },
    ])
    return true
  })
  // Another server took a file in while the PINs were hashed: compare with that one.
  return isStored ? stored : importMall(db, config, now)
}

export async function latestConfig(db: Db, mallId: string): Promise<StoredConfig | null> {
  const row = await db
    .selectFrom('config_version')
    .select('body')
    .where('mall_id', '=', mallId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? (JSON.parse(row.body) as StoredConfig) : null
}

/** An officer whose PIN did not change keeps the hash, so workstations see no difference. */
async function hashOfficers(
  officers: MallConfig['officers'],
  known: readonly OfficerOnDevice[],
): Promise<OfficerOnDevice[]> {
  const knownHash = new Map(known.map((officer) => [officer.id, officer.pinHash]))
  return Promise.all(
    officers.map(async ({ pin, ...officer }) => {
      const hash = knownHash.get(officer.id)
      return { ...officer, pinHash: hash && (await verifyPin(pin, hash)) ? hash : await hashPin(pin) }
    }),
  )
}
