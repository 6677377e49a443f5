/** One-time codes that turn a PC into a device of the mall. The database keeps only hashes of codes and tokens. */
import { randomUUID } from 'node:crypto'
import type { DeviceRole, EnrolReply } from '#contract/wire/enrolment.ts'
import { chooseMall } from '#server/config/choose-mall.ts'
import { latestConfig } from '#server/config/import-config.ts'
import { placeExists } from '#server/config/mall.ts'
import { loadSigningKey, publicKeyOf } from '#server/identity/sign-head.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import { newEnrolmentCode, newToken, sha256 } from '#server/secrets.ts'
import { StartError } from '#server/start-error.ts'
import type { Db } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'
import { WireFailure } from '#server/wire-failure.ts'

const CODE_LIFE_MS = 24 * 3_600_000

/**
 * Stores a code for this counter or front desk and returns it as XXXX-XXXX: valid for 24 hours, for one device. The mall has
 * to be named when the database holds several.
 */
export async function createEnrolmentCode(
  db: Db,
  role: DeviceRole,
  now: number = Date.now(),
  mall?: string,
): Promise<string> {
  const mallId = await chooseMall(db, mall)
  const config = await latestConfig(db, mallId)
  const place = placeOf(role)
  if (!config || !placeExists(config, role)) {
    throw new StartError('PLACE_UNKNOWN', `"${place.place_id}" tidak ada di konfigurasi mal yang tersimpan di server.`)
  }
  const code = newEnrolmentCode()
  await db
    .insertInto('enrolment_code')
    .values({
      code_hash: sha256(code),
      mall_id: mallId,
      ...place,
      created_at: now,
      expires_at: now + CODE_LIFE_MS,
      used_at: null,
      device_id: null,
    })
    .execute()
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** Throws ENROLMENT_CODE_INVALID for a code that is wrong, used or expired: the caller learns no difference. */
export async function enrolDevice(db: Db, code: string, deviceName: string, now: number): Promise<EnrolReply> {
  const meant = await db
    .selectFrom('enrolment_code')
    .select('mall_id')
    .where('code_hash', '=', sha256(code))
    .executeTakeFirst()
  if (!meant) throw new WireFailure('ENROLMENT_CODE_INVALID', 'the code is wrong, used or expired')
  return db.transact(meant.mall_id, async (trx) => {
    const found = await trx
      .selectFrom('enrolment_code')
      .selectAll()
      .where('code_hash', '=', sha256(code))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    if (!found) throw new WireFailure('ENROLMENT_CODE_INVALID', 'the code is wrong, used or expired')
    const token = newToken()
    const device = {
      id: randomUUID(),
      mall_id: found.mall_id,
      token_hash: sha256(token),
      role_kind: found.role_kind,
      place_id: found.place_id,
      name: deviceName,
      slot: await takeNumbers(trx, found.mall_id, 'slot'),
      generation: 1,
      enrolled_at: now,
      revoked_at: null,
      // Nothing that the device knows is older than the present incarnation.
      incarnation: await currentIncarnation(trx),
      adopted_seq: 0,
    }
    await trx.insertInto('device').values(device).execute()
    await trx
      .updateTable('enrolment_code')
      .set({ used_at: now, device_id: device.id })
      .where('code_hash', '=', found.code_hash)
      .execute()
    const { id: deviceId, generation, slot } = device
    const serverKey = publicKeyOf(await loadSigningKey(trx))
    return { deviceId, token, generation, slot, role: roleOf(found), serverKey }
  })
}

type Place = { role_kind: 'counter' | 'front_desk'; place_id: string }

function placeOf(role: DeviceRole): Place {
  return { role_kind: role.kind, place_id: role.kind === 'counter' ? role.counterId : role.frontDeskId }
}

export function roleOf(place: Place): DeviceRole {
  return place.role_kind === 'counter'
    ? { kind: 'counter', counterId: place.place_id }
    : { kind: 'front_desk', frontDeskId: place.place_id }
}
