import type { Device } from '#server/auth.ts'
import { mallContextOf } from '#server/config/mall-context.ts'
import type { MallContext } from '#server/context.ts'
import { loadSigningKey } from '#server/identity/sign-head.ts'
import { Bell } from '#server/stream/bell.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import type { TestMall } from '#tests/server/support/test-mall.ts'

/** The mall as the server's own functions take it. */
export async function contextOfMall(mall: TestMall): Promise<MallContext> {
  const shared = { db: mall.db, bell: new Bell(), signingKey: await loadSigningKey(mall.db), now: () => mall.now }
  const context = await mallContextOf(shared, 'mal-uji')
  if (!context) throw new Error('the mall has no configuration')
  return context
}

/** The device as a request of it was authenticated, before whatever has become of it since. */
export function asAuthenticated({ id, enrolment: { role, slot, generation } }: TestDevice): Device {
  return { id, role, slot, generation, incarnation: 1, isInDoubt: false }
}

/** The facts of the server's own chain, oldest first. */
export async function serverFacts(mall: TestMall): Promise<{ type: string; data: unknown; by: unknown }[]> {
  const rows = await mall.db
    .selectFrom('event')
    .innerJoin('device', 'device.id', 'event.device_id')
    .select('event.body')
    .where('device.role_kind', '=', 'server')
    .orderBy('event.seq')
    .execute()
  return rows.map(({ body }) => JSON.parse(body))
}
