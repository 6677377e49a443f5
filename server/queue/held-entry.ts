/** Which entries are still open, and which of them a device holds: custody is what opens texts about a visit. */
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { WireFailure } from '#server/wire-failure.ts'

export const OPEN_STATUSES = ['waiting', 'called', 'serving', 'on_hold'] as const

/** The number of the visit's open entry that this device holds. Throws FORBIDDEN when it holds none. */
export async function heldEntryNo({ db, mallId }: MallContext, device: Device, visitId: string): Promise<number> {
  const held = await db
    .selectFrom('entry')
    .select('entry_no')
    .where('visit_id', '=', visitId)
    .where('mall_id', '=', mallId)
    .where('device_id', '=', device.id)
    .where('status', 'in', OPEN_STATUSES)
    .executeTakeFirst()
  if (!held) throw new WireFailure('FORBIDDEN', 'this device holds no open entry of the visit')
  return held.entry_no
}
