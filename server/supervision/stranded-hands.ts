/** Which devices hold what nobody else can call, and why: what a supervisor has to look at. */
import type { EntryStatus } from '#domain/entry-status.ts'
import type { GrantNo } from '#domain/events.ts'
import type { MallContext } from '#server/context.ts'
import { today } from '#server/queue/sessions.ts'
import type { Db, DeviceRow, SessionRow, Trx } from '#server/store/schema.ts'

const SILENT_MS = 60_000

export type StrandedReason = 'IN_DOUBT' | 'BEHIND_BARRIER' | 'SESSION_OVER' | 'SILENT'

export type HeldEntry = { visitId: string; entryNo: number; label: string; status: EntryStatus; grant: GrantNo }

export type StrandedHand = {
  deviceId: string
  deviceName: string
  /** Null for a front desk, which can be in doubt too. */
  counterId: string | null
  reason: StrandedReason
  /** Null when it was never heard of, or not since the server was restored. */
  silentSince: number | null
  entries: HeldEntry[]
}

/** What waits at or is open at a counter. An absent visitor stays with the counter that called, reclaimed or not. */
export const IN_CUSTODY = ['waiting', 'called', 'serving', 'on_hold'] as const satisfies readonly EntryStatus[]

export async function strandedHands(db: Db | Trx, context: MallContext): Promise<StrandedHand[]> {
  const { mallId } = context
  const devices = await db
    .selectFrom('device')
    .selectAll()
    .where('mall_id', '=', mallId)
    .where('role_kind', '<>', 'server')
    .orderBy('place_id')
    .orderBy('slot')
    .execute()
  const sessions = await newestSessions(db, mallId)
  const barrier = await db.selectFrom('barrier').select('device_id').where('mall_id', '=', mallId).execute()
  const behind = new Set(barrier.map((row) => row.device_id))
  const held = await heldEntries(db, context)
  return devices.flatMap((device) => {
    const entries = held.get(device.id) ?? []
    const reason = whyStranded(device, entries, {
      isBehind: behind.has(device.id),
      session: sessions.get(device.place_id),
      now: context.now(),
    })
    if (!reason) return []
    const { id: deviceId, name: deviceName, heartbeat_at: silentSince } = device
    const counterId = device.role_kind === 'counter' ? device.place_id : null
    return { deviceId, deviceName, counterId, reason, silentSince, entries }
  })
}

function whyStranded(
  device: DeviceRow,
  entries: readonly HeldEntry[],
  { isBehind, session, now }: { isBehind: boolean; session: SessionRow | undefined; now: number },
): StrandedReason | null {
  if (device.revoked_at !== null) return entries.length > 0 ? 'SILENT' : null
  if (device.doubt_at !== null) return 'IN_DOUBT'
  if (isBehind) return 'BEHIND_BARRIER'
  if (entries.length === 0) return null
  const isCurrent = session?.device_id === device.id && session.reclaimed_at === null
  // What it opened it still finishes; what waits there can be called by nobody.
  if (!isCurrent && entries.some((entry) => entry.status === 'waiting')) return 'SESSION_OVER'
  // A counter that has just opened was heard of by that.
  const heardAt = Math.max(device.heartbeat_at ?? 0, isCurrent ? session.opened_at : 0)
  return heardAt < now - SILENT_MS ? 'SILENT' : null
}

async function newestSessions(db: Db | Trx, mallId: string): Promise<Map<string, SessionRow>> {
  const rows = await db
    .selectFrom('counter_session')
    .selectAll()
    .where('mall_id', '=', mallId)
    .orderBy('epoch')
    .execute()
  return new Map(rows.map((row) => [row.counter_id, row]))
}

async function heldEntries(db: Db | Trx, context: MallContext): Promise<Map<string, HeldEntry[]>> {
  const rows = await db
    .selectFrom('entry')
    .select(['visit_id', 'entry_no', 'label', 'status', 'device_id', 'grant_incarnation', 'grant_n'])
    .where('mall_id', '=', context.mallId)
    .where('business_date', '=', today(context))
    .where('status', 'in', IN_CUSTODY)
    .where('device_id', 'is not', null)
    .orderBy('ord')
    .execute()
  const held = new Map<string, HeldEntry[]>()
  for (const { visit_id, entry_no, label, status, device_id, grant_incarnation, grant_n } of rows) {
    if (device_id === null || grant_incarnation === null || grant_n === null) continue
    const grant = { incarnation: grant_incarnation, n: grant_n }
    const list = held.get(device_id) ?? []
    list.push({ visitId: visit_id, entryNo: entry_no, label, status, grant })
    held.set(device_id, list)
  }
  return held
}
