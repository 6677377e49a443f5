/**
 * After the server lost its memory a device tells everything it knows of custody. The server believes it: what a counter
 * holds only its own act lets go of, whatever a backup remembers.
 */
import type { z } from 'zod'
import type { AssertedEntry, AssertRequest } from '#contract/wire/assertions.ts'
import { compareGrants } from '#domain/claim.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { asClaim, claimOf, isActive, putClaim, unopenedClaim } from '#server/custody/claims.ts'
import { heldBy, holderOf } from '#server/custody/custody.ts'
import { ensureEntry } from '#server/custody/ensure-entry.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { freeEntry } from '#server/custody/free-entry.ts'
import { type Actor, settleEntry, takenBack } from '#server/custody/settle-entry.ts'
import { takeAssertedSession } from '#server/identity/asserted-session.ts'
import { trustedDevice } from '#server/identity/doubt.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import { today } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

type Asserted = z.infer<typeof AssertedEntry>

export async function assertCustody(context: MallContext, device: Device, asserted: AssertRequest): Promise<void> {
  await changeMall(context, async (trx, touched) => {
    const incarnation = await currentIncarnation(trx)
    if (asserted.incarnation !== incarnation) {
      throw new WireFailure('HELLO_NEEDED', `the server's incarnation is ${incarnation}, not ${asserted.incarnation}`)
    }
    const known = await trustedDevice(trx, device.id)
    const here = { ...context, incarnation }
    // Said before, and since then custody has gone its way.
    if (known.incarnation === incarnation) return
    await touched.entries.load(
      trx,
      asserted.entries.map(({ visitId, businessDate, label }) => ({ visitId, visit: { businessDate, label } })),
    )
    for (const entry of asserted.entries) {
      if (entry.state === 'held' || entry.state === 'used') await takeOver(trx, touched, here, device, entry)
    }
    await freeTheRest(trx, touched, here, device, asserted.entries)
    if (device.role.kind === 'counter' && asserted.session) {
      await takeAssertedSession(trx, here, device, device.role.counterId, asserted.session)
    }
    await trx
      .updateTable('device')
      .set({ incarnation, adopted_seq: asserted.headSeq })
      .where('id', '=', device.id)
      .execute()
    await trx.deleteFrom('barrier').where('device_id', '=', device.id).execute()
    await dealWaiting(trx, here, touched)
  })
}

/** Custody under the asserted grant, unless the entry has come further than the device says. */
async function takeOver(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  device: Device,
  { state: handState, grant, ...data }: Asserted,
): Promise<void> {
  const bornIncarnation = context.incarnation - 1
  const entry = await ensureEntry(trx, touched, context, data, { issuerDeviceId: null, bornIncarnation })
  // A number that two visits have, or a service that left the mall: the events say so too, and are flagged.
  if (typeof entry === 'string') return
  await rememberAsserted(trx, touched, context, entry, device, { grant, bornIncarnation })
  const askBack = (deviceId: string, of: Asserted['grant']) => {
    const change = { kind: 'recalled', visitId: data.visitId, entryNo: data.entryNo, grant: of } as const
    touched.tellDevice(deviceId, { businessDate: data.businessDate, change })
  }
  if (entry.row.status !== 'waiting') {
    // The front desk took the number back meanwhile: nobody comes when it is called.
    if (takenBack(entry) && handState === 'held') askBack(device.id, grant)
    else if (entry.row.winner_device_id !== device.id) touched.superseded(device.id, entry)
    return
  }
  const holder = holderOf(entry)
  const other = holder && holder.deviceId !== device.id ? holder : null
  // Two say that they hold it: whoever does not get it is asked for what it has, so that it calls nobody from it.
  if (!beatsHolder(entry, device.id, handState, grant)) {
    if (other && handState === 'held') askBack(device.id, grant)
    return
  }
  if (other) {
    askBack(other.deviceId, other.grant)
    if (compareGrants(grant, other.grant) > 0) {
      await passOver(trx, touched, context, entry, other.deviceId, { deviceId: device.id, bornIncarnation })
    }
  }
  touched.entries.patch(entry, {
    ...heldBy(entry.row, { counterId: counterIdOf(device), deviceId: device.id, grant }),
    // Nobody asks for it back: what was done with it there comes by push.
    ...(handState === 'used' ? { recall_answer: 'in_service' } : {}),
  })
}

/**
 * A later grant says that the one before had let go by then. Its own events will say so too, and must not end this custody with the old
 * one; should it have gone on all the same, that counts when it comes.
 */
async function passOver(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  entry: EntryState,
  deviceId: string,
  actor: Actor,
): Promise<void> {
  const claim = claimOf(entry, deviceId)
  if (!claim || !isActive(claim)) return
  putClaim(touched, entry, { ...claim, standing: 'reclaimed' })
  await settleEntry(trx, touched, context, entry.row.visit_id, entry.row.entry_no, actor)
}

/**
 * What the device did with the entry before it had this custody is history, whether the backup knows of it or it comes by push: its
 * end must not end what is asserted.
 */
async function rememberAsserted(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  entry: EntryState,
  device: Device,
  { grant, bornIncarnation }: { grant: Asserted['grant']; bornIncarnation: number },
): Promise<void> {
  const own = claimOf(entry, device.id)
  if (own && compareGrants(asClaim(own).grant, grant) === 0) return
  const before = own ?? unopenedClaim(entry, { deviceId: device.id, counterId: counterIdOf(device), grant })
  const { incarnation: grant_incarnation, n: grant_n } = grant
  putClaim(touched, entry, { ...before, standing: 'asserted', grant_incarnation, grant_n })
  if (!own || !isActive(own)) return
  const actor = { deviceId: device.id, bornIncarnation }
  await settleEntry(trx, touched, context, entry.row.visit_id, entry.row.entry_no, actor)
}

function counterIdOf({ role }: Device): string | null {
  return role.kind === 'counter' ? role.counterId : null
}

/** Used is more than held, and a newer grant more than an older one. */
function beatsHolder(
  entry: EntryState,
  deviceId: string,
  handState: Asserted['state'],
  grant: Asserted['grant'],
): boolean {
  const holder = holderOf(entry)
  if (!holder) return true
  const own = claimOf(entry, deviceId)
  if (own && isActive(own)) return false
  if (holder.deviceId === deviceId) return true
  const isUsedThere = entry.row.recall_answer === 'in_service'
  if (isUsedThere !== (handState === 'used')) return handState === 'used'
  return compareGrants(grant, holder.grant) > 0
}

/** What the backup gave this device and it does not have: given back, or never arrived. */
async function freeTheRest(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  device: Device,
  asserted: readonly Asserted[],
): Promise<void> {
  const kept = new Set(
    asserted.flatMap(({ visitId, entryNo, state }) =>
      state === 'held' || state === 'used' ? `${visitId}/${entryNo}` : [],
    ),
  )
  await touched.entries.flush(trx)
  const remembered = await trx
    .selectFrom('entry')
    .select(['visit_id', 'entry_no'])
    .where('device_id', '=', device.id)
    .where('business_date', '=', today(context))
    .where('status', '=', 'waiting')
    .execute()
  for (const { visit_id, entry_no } of remembered) {
    if (kept.has(`${visit_id}/${entry_no}`)) continue
    await freeEntry(trx, touched, context, visit_id, entry_no, 'given_back')
  }
}
