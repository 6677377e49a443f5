/** Bookings of a mall: taken in from a file, told to front desks, used up by the number that came of them. */
import type { AppointmentsReply } from '#contract/wire/front-desk.ts'
import type { Booking } from '#server/appointments/read-csv.ts'
import type { MallContext } from '#server/context.ts'
import { mallAudience, serviceAudience } from '#server/queue/audience.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { today } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import { manyRows } from '#server/store/many-rows.ts'
import type { Schema, Trx } from '#server/store/schema.ts'

type AppointmentRow = Schema['appointment']

const DAY_MS = 86_400_000
/** As far ahead as slip keys reach: a front desk that is cut off for a week still knows who has booked. */
const DAYS_AHEAD = 7

/** In few statements: nobody else in the mall gets a word in while thousands are taken in. */
const saveBookings = manyRows<AppointmentRow>((q, rows) =>
  q
    .insertInto('appointment')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['mall_id', 'code']).doUpdateSet((eb) => ({
        service_id: eb.ref('excluded.service_id'),
        business_date: eb.ref('excluded.business_date'),
        at: eb.ref('excluded.at'),
      })),
    ),
)

/** Codes that came to be used keep what they were used for; all others become what the file says. Returns how many were taken in. */
export async function importAppointments(context: MallContext, bookings: readonly Booking[]): Promise<number> {
  return changeMall(context, async (trx, touched) => {
    const { mallId } = context
    const used = await trx
      .selectFrom('appointment')
      .select('code')
      .where('mall_id', '=', mallId)
      .where('used_by', 'is not', null)
      .execute()
    const usedCodes = new Set(used.map(({ code }) => code))
    const open = bookings.filter(({ code }) => !usedCodes.has(code))
    const rows = open.map(({ code, serviceId, businessDate, at }) => ({
      ...{ mall_id: mallId, code, service_id: serviceId, business_date: businessDate, at, used_by: null },
    }))
    await saveBookings(trx, rows)
    tellAll(touched)
    return rows.length
  })
}

/** False when there is no such booking, or it was used. */
export async function removeAppointment(context: MallContext, code: string): Promise<boolean> {
  return changeMall(context, async (trx, touched) => {
    const { numDeletedRows } = await trx
      .deleteFrom('appointment')
      .where('mall_id', '=', context.mallId)
      .where('code', '=', code)
      .where('used_by', 'is', null)
      .executeTakeFirst()
    if (numDeletedRows > 0) tellAll(touched)
    return numDeletedRows > 0
  })
}

function tellAll(touched: Touched): void {
  touched.tell({ audience: mallAudience(touched.mallId), businessDate: null, change: { kind: 'appointments' } })
}

/** From yesterday on, so that a front desk can tell which day a code is of. */
export async function appointmentsFor(context: MallContext): Promise<AppointmentsReply> {
  const noon = Date.parse(`${today(context)}T12:00:00Z`)
  const dateAt = (days: number) => new Date(noon + days * DAY_MS).toISOString().slice(0, 10)
  const rows = await context.db
    .selectFrom('appointment')
    .selectAll()
    .where('mall_id', '=', context.mallId)
    .where('business_date', '>=', dateAt(-1))
    .where('business_date', '<=', dateAt(DAYS_AHEAD))
    .orderBy('at')
    .orderBy('code')
    .execute()
  return {
    appointments: rows.map((row) => ({
      code: row.code,
      serviceId: row.service_id,
      businessDate: row.business_date,
      at: row.at,
      isUsed: row.used_by !== null,
    })),
  }
}

/** A number was given for this booking. False when another visit had used it before. */
export async function takeAppointment(
  trx: Trx,
  touched: Touched,
  {
    visitId,
    code,
    serviceId,
    businessDate,
  }: { visitId: string; code: string; serviceId: string; businessDate: string },
): Promise<boolean> {
  const known = await trx
    .selectFrom('appointment')
    .select('used_by')
    .where('mall_id', '=', touched.mallId)
    .where('code', '=', code)
    .executeTakeFirst()
  // Removed since, or lost with a backup: the front desk knew it.
  if (!known || known.used_by === visitId) return true
  if (known.used_by !== null) return false
  await setUsed(trx, touched, { code, serviceId, businessDate }, visitId)
  return true
}

/** The number was taken back: the visitor may check in once more. */
export async function freeAppointment(trx: Trx, touched: Touched, visitId: string): Promise<void> {
  const row = await trx
    .selectFrom('appointment')
    .selectAll()
    .where('mall_id', '=', touched.mallId)
    .where('used_by', '=', visitId)
    .executeTakeFirst()
  if (!row) return
  await setUsed(trx, touched, { code: row.code, serviceId: row.service_id, businessDate: row.business_date }, null)
}

async function setUsed(
  trx: Trx,
  touched: Touched,
  { code, serviceId, businessDate }: { code: string; serviceId: string; businessDate: string },
  visitId: string | null,
): Promise<void> {
  await trx
    .updateTable('appointment')
    .set({ used_by: visitId })
    .where('mall_id', '=', touched.mallId)
    .where('code', '=', code)
    .execute()
  const change = { kind: 'appointment_used', code, isUsed: visitId !== null } as const
  touched.tell({ audience: serviceAudience(touched.mallId, serviceId), businessDate, change })
}
