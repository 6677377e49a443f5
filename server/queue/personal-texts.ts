/** Values that one step hands to the next. Only their hash is a fact; the value lives here and can be purged. */

import type { z } from 'zod'
import type { PersonalText } from '#contract/wire/texts.ts'
import { businessDate } from '#domain/business-date.ts'
import { personalTextHash } from '#domain/personal-text.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { serviceAudience } from '#server/queue/audience.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { heldEntryNo, OPEN_STATUSES } from '#server/queue/held-entry.ts'
import { keptSince } from '#server/queue/kept-since.ts'
import type { Touched } from '#server/queue/touched.ts'
import { sha256 } from '#server/secrets.ts'
import type { Db, Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

type Text = z.infer<typeof PersonalText>

/** All or none. NOT_FOUND: push the event first. BAD_REQUEST: the value is not the one the event speaks of. */
export async function storePersonalTexts(
  context: MallContext,
  device: Device,
  texts: readonly Text[],
): Promise<number> {
  return changeMall(context, async (trx, touched) => {
    for (const text of texts) {
      await storeText(trx, context, device, text)
      await tellNextEntry(trx, touched, text)
    }
    return texts.length
  })
}

/** The value often arrives after the grant: whoever already shows the visit is told to read again. */
async function tellNextEntry(trx: Trx, touched: Touched, { visitId, entryNo }: Text): Promise<void> {
  const { mallId } = touched
  const later = await trx
    .selectFrom('entry')
    .select(['service_id', 'business_date'])
    .where('visit_id', '=', visitId)
    .where('mall_id', '=', mallId)
    .where('entry_no', '>', entryNo)
    .where('status', 'in', OPEN_STATUSES)
    .execute()
  for (const { service_id, business_date } of later) {
    const audience = serviceAudience(mallId, service_id)
    touched.tell({ audience, businessDate: business_date, change: { kind: 'handed_over', visitId } })
  }
}

async function storeText(trx: Trx, context: MallContext, device: Device, text: Text): Promise<void> {
  const at = `${text.key} of entry ${text.visitId}/${text.entryNo}`
  const expected = await trx
    .selectFrom('personal_text as text')
    .innerJoin('entry', (join) =>
      join.onRef('entry.visit_id', '=', 'text.visit_id').onRef('entry.entry_no', '=', 'text.entry_no'),
    )
    .select(['text.value_hash', 'entry.business_date'])
    .where('text.visit_id', '=', text.visitId)
    .where('text.entry_no', '=', text.entryNo)
    .where('text.key', '=', text.key)
    .where('text.device_id', '=', device.id)
    .executeTakeFirst()
  if (!expected) throw new WireFailure('NOT_FOUND', `no event of this device hands over ${at}`)
  if (personalTextHash(sha256, text.salt, text.value) !== expected.value_hash) {
    throw new WireFailure('BAD_REQUEST', `${at} does not match the hash in its event`)
  }
  // One that comes when its time is over is taken from the desk and kept nowhere.
  if (expected.business_date < firstDateKept(context)) return
  await trx
    .updateTable('personal_text')
    .set({ salt: text.salt, value: text.value, stored_at: context.now() })
    .where('visit_id', '=', text.visitId)
    .where('entry_no', '=', text.entryNo)
    .where('key', '=', text.key)
    .where('device_id', '=', device.id)
    .execute()
}

/** What earlier entries of the visit handed over: only for the device that holds an open entry of it. */
export async function readPrerequisites(context: MallContext, device: Device, visitId: string): Promise<Text[]> {
  const heldEntry = await heldEntryNo(context, device, visitId)
  // Joined on the device whose claim counts: what another hands over is kept but not believed.
  const rows = await context.db
    .selectFrom('personal_text as text')
    .innerJoin('entry', (join) =>
      join
        .onRef('entry.visit_id', '=', 'text.visit_id')
        .onRef('entry.entry_no', '=', 'text.entry_no')
        .onRef('entry.winner_device_id', '=', 'text.device_id'),
    )
    .select(['text.entry_no', 'text.key', 'text.salt', 'text.value'])
    .where('text.visit_id', '=', visitId)
    .where('text.entry_no', '<', heldEntry)
    .orderBy('text.entry_no')
    .execute()
  return rows.flatMap(({ entry_no, key, salt, value }) =>
    salt !== null && value !== null ? { visitId, entryNo: entry_no, key, salt, value } : [],
  )
}

/** The first date of which values are still kept. */
function firstDateKept(context: Pick<MallContext, 'mall' | 'now'>): string {
  return businessDate(keptSince(context), context.mall.timeZone)
}

/** Removes the values whose days are over; hashes stay, and with them the proof. Returns how many there were. */
export async function forgetPersonalTexts(
  db: Db,
  context: Pick<MallContext, 'mallId' | 'mall' | 'now'>,
): Promise<number> {
  const { mallId } = context
  const { numUpdatedRows } = await db.transact(mallId, (trx) =>
    trx
      .updateTable('personal_text')
      .set({ salt: null, value: null })
      .where('mall_id', '=', mallId)
      .where('value', 'is not', null)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('entry')
            .select('entry.visit_id')
            .whereRef('entry.visit_id', '=', 'personal_text.visit_id')
            .whereRef('entry.entry_no', '=', 'personal_text.entry_no')
            .where('entry.business_date', '<', firstDateKept(context)),
        ),
      )
      .executeTakeFirstOrThrow(),
  )
  return Number(numUpdatedRows)
}
