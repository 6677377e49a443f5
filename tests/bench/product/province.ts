/**
 * Hundreds of malls in one database. One mall is imported by the server itself; the others are copies of its rows, with devices
 * whose tokens are known: enrolling fifteen thousand over the wire would measure something else.
 */
import { Client } from 'pg'
import type { EnrolReply } from '#contract/wire/enrolment.ts'
import { FRONT_DESK } from '#tests/bench/product/mall.ts'

/** Whose copy every other mall is. */
export const FIRST_MALL = 'mal-0'

export type Registered = EnrolReply & { mallId: string }

/** `malls` in all, each with these counters and a front desk. Returns the devices of the first `wanted` of them. */
export async function registerProvince(
  database: string,
  malls: number,
  counterIds: readonly string[],
  wanted: number,
): Promise<Registered[]> {
  const client = new Client({ connectionString: database })
  await client.connect()
  try {
    await client.query(
      `insert into mall (id, server_device_id) select 'mal-' || n, null from generate_series(1, $1) n`,
      [malls - 1],
    )
    await client.query(
      `insert into config_version (mall_id, version, seal, body, imported_at)
       select 'mal-' || n, version, seal, replace(body, '"mal-0"', '"mal-' || n || '"'), imported_at
       from config_version, generate_series(1, $1) n where mall_id = 'mal-0'`,
      [malls - 1],
    )
    const places = [...counterIds.map((id) => ['counter', id]), ['front_desk', FRONT_DESK]]
    // The first mall's own chain may have taken the first slot.
    await client.query(
      `insert into device (id, mall_id, token_hash, role_kind, place_id, name, slot, generation, enrolled_at)
       select gen_random_uuid(), 'mal-' || n, encode(sha256(convert_to(${TOKEN}, 'UTF8')), 'hex'),
         role, place, 'PC ukur', 100 + at, 1, 0
       from generate_series(0, $1) n, unnest($2::text[], $3::text[]) with ordinality as places (role, place, at)`,
      [malls - 1, places.map(([role]) => role), places.map(([, id]) => id)],
    )
    const { rows } = await client.query<Row>(
      `select device.id, mall_id, role_kind, place_id, slot, ${TOKEN} as token
       from device, generate_series(0, $1) n, lateral (select place_id as place) as named
       where mall_id = 'mal-' || n and slot > 100 order by n, slot`,
      [wanted - 1],
    )
    return rows.map(asRegistered)
  } finally {
    await client.end()
  }
}

/** As long as a real one; of the mall's number and the place. */
const TOKEN = `rpad('token-' || n || '-' || place || '-', 43, '0')`

type Row = { id: string; mall_id: string; role_kind: string; place_id: string; slot: number; token: string }

function asRegistered({ id, mall_id, role_kind, place_id, slot, token }: Row): Registered {
  const role =
    role_kind === 'counter'
      ? { kind: 'counter' as const, counterId: place_id }
      : { kind: 'front_desk' as const, frontDeskId: place_id }
  return { mallId: mall_id, deviceId: id, token, generation: 1, slot, role, serverKey: '' }
}
