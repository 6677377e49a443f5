/** Bookings as the server told them, so that visitors check in through a cut; and which of them this desk has used itself. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'
import type { Appointment } from '#domain/appointment.ts'

type Row = { code: string; service_id: string; business_date: string; at: number; is_used: number }

export function createAppointments({ db }: Store) {
  const insert = prepare<Row, never>(db, (q, p) =>
    q.insertInto('appointment').values({
      code: p('code'),
      service_id: p('service_id'),
      business_date: p('business_date'),
      at: p('at'),
      is_used: p('is_used'),
    }),
  )
  const one = prepare<{ code: string }, Row>(db, (q, p) =>
    q.selectFrom('appointment').selectAll().where('code', '=', p('code')),
  )
  const setUsed = prepare<{ code: string; isUsed: number }, never>(db, (q, p) =>
    q
      .updateTable('appointment')
      .set({ is_used: p('isUsed') })
      .where('code', '=', p('code')),
  )
  const usedCodes = prepare<object, { code: string }>(db, (q) =>
    q.selectFrom('appointment').select('code').where('is_used', '=', sql.lit(1)),
  )
  const own = prepare<{ code: string }, { visit_id: string }>(db, (q, p) =>
    q
      .selectFrom('visit')
      .select('visit_id')
      .where('appointment_code', 'is not', null)
      .where('appointment_code', '=', p('code'))
      .where('cancelled_at', 'is', null),
  )

  return {
    /**
     * The server always sends all that a front desk needs. The list may have been read before a use that this desk was told of since: only
     * that it was given free again (`setUsed`) makes a used code good once more.
     */
    replaceAll(appointments: readonly Appointment[]): void {
      const used = new Set(usedCodes.all({}).map(({ code }) => code))
      db.exec('DELETE FROM appointment')
      for (const { code, serviceId, businessDate, at, isUsed } of appointments) {
        insert.run({
          code,
          service_id: serviceId,
          business_date: businessDate,
          at,
          is_used: Number(isUsed || used.has(code)),
        })
      }
    },
    setUsed: (code: string, isUsed: boolean): void => void setUsed.run({ code, isUsed: Number(isUsed) }),
    /** Used by this desk, too, when the server has not heard of it yet. */
    get(code: string): Appointment | null {
      const row = one.get({ code })
      if (!row) return null
      const isUsed = row.is_used === 1 || own.get({ code }) !== undefined
      return { code, serviceId: row.service_id, businessDate: row.business_date, at: row.at, isUsed }
    },
  }
}
