/** Ambil nomor: the front desk gives a visitor a number, from a leased block or else from its own series. */
import type { MethodInput, MethodOutput, Result } from '#contract/desk-api.ts'
import type { DeviceConfig, ServiceConfig } from '#contract/mall-config.ts'
import type { CheckInRefusal } from '#domain/appointment.ts'
import type { VisitIssued } from '#domain/events.ts'
import { deskSeriesLabel, type TicketLabel, ticketLabel } from '#domain/ticket-label.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, today } from '#main/host/desk-state.ts'
import { outlookNow } from '#main/host/front-desk/outlook.ts'
import { queueSlip } from '#main/host/printing/queue-slip.ts'
import { recordFacts } from '#main/host/record.ts'
import { firstResult, runCommand } from '#main/host/run-command.ts'
import { checkInNow, noonOf } from '#main/host/use-cases/find-appointment.ts'

/** Fetch the next block when this few numbers are left, so that nobody waits for it. */
const REFILL_AT = 5

const DAY_MS = 24 * 3_600_000

export async function issueVisit(context: HostContext, input: MethodInput<'visit.issue'>) {
  const { repositories } = context
  // Whatever has changed since: a number was given.
  const first = firstResult<MethodOutput<'visit.issue'>>(context, input.commandId)
  if (first) return first
  const config = context.config()
  if (!config || repositories.device.get()?.role_kind !== 'front_desk') {
    return { ok: false, code: 'NOT_A_FRONT_DESK' } as const
  }
  const service = config.services.find((one) => one.id === input.serviceId)
  if (!service) return { ok: false, code: 'SERVICE_UNKNOWN' } as const
  const journey = config.journeys.find((one) => one.id === input.journeyId)
  if (input.journeyId !== null && journey?.steps[0]?.serviceId !== service.id) {
    return { ok: false, code: 'JOURNEY_UNKNOWN' } as const
  }
  // Before a number is fetched for nothing; it is looked at once more in the transaction that uses it.
  const booking = bookingOf(context, input)
  if (!booking.ok) return booking
  for (;;) {
    const stock = await stockUp(context, service)
    // In doubt, the numbers may have been printed by what this store has forgotten.
    if (context.identity.inDoubt()) return { ok: false, code: 'STORE_IN_DOUBT' } as const
    // Whoever has booked is served whatever the quota is.
    if (stock === 'quota_reached' && input.appointmentCode === undefined) return quotaReached(context)
    const result = runCommand<MethodOutput<'visit.issue'>, 'TAKEN' | CheckInRefusal>(context, input.commandId, () =>
      issue(context, config, service, input, stock),
    )
    if (result.ok) {
      refill(context, service)
      return result
    }
    const { code, ...refusal } = result
    // Two visitors at once, and the other one got the number that was fetched.
    if (code !== 'TAKEN') return { ...refusal, code }
  }
}

type Booking = Pick<VisitIssued, 'appointmentAt' | 'appointmentCode'>

/** What the fact says of a booking: nothing for a walk-in. */
function bookingOf(
  context: HostContext,
  { appointmentCode, serviceId }: MethodInput<'visit.issue'>,
): Result<Booking, CheckInRefusal> {
  if (appointmentCode === undefined) return { ok: true, data: {} }
  const found = checkInNow(context, appointmentCode)
  if (!found.ok) return found
  const { at, code } = found.appointment
  if (found.appointment.serviceId !== serviceId) return { ok: false, code: 'APPOINTMENT_UNKNOWN' }
  return { ok: true, data: { appointmentAt: at, appointmentCode: code } }
}

type Stock = 'leased' | 'quota_reached' | 'none'

/** Makes sure of a number before the transaction that takes it. */
async function stockUp(context: HostContext, service: ServiceConfig): Promise<Stock> {
  const series = { serviceId: service.id, businessDate: today(context) }
  if (context.repositories.numbers.leasedLeft(series) > 0) return 'leased'
  return context.mall.leaseNumbers(series.serviceId, series.businessDate)
}

/** Not awaited: the visitor already has a number. What one desk keeps of a quota, the others cannot give: so none ahead. */
function refill(context: HostContext, { id, dailyQuota }: ServiceConfig): void {
  const series = { serviceId: id, businessDate: today(context) }
  if (dailyQuota !== undefined || context.repositories.numbers.leasedLeft(series) > REFILL_AT) return
  void context.mall.leaseNumbers(series.serviceId, series.businessDate)
}

function quotaReached(context: HostContext) {
  return { ok: false, code: 'QUOTA_REACHED', detail: { tomorrow: noonOf(today(context)) + DAY_MS } } as const
}

function issue(
  context: HostContext,
  config: DeviceConfig,
  service: ServiceConfig,
  input: MethodInput<'visit.issue'>,
  stock: Stock,
): Result<MethodOutput<'visit.issue'>, 'TAKEN' | CheckInRefusal> {
  const { priority, journeyId, requirementsMet } = input
  const booking = bookingOf(context, input)
  if (!booking.ok) return booking
  const { repositories } = context
  const businessDate = today(context)
  const label = takeLabel(context, service, businessDate, stock)
  if (!label) return { ok: false, code: 'TAKEN' }
  const visit: VisitIssued = {
    visitId: visitIdOf(context.sha256, config.mall.id, businessDate, label.text),
    label: label.text,
    businessDate,
    serviceId: service.id,
    priority,
    journeyId,
    ...booking.data,
    ...(requirementsMet === undefined || service.requirements.length === 0 ? {} : { requirementsMet }),
  }
  const { appointmentAt } = booking.data
  // Before this one waits, too; who has booked comes by the time of the appointment.
  const told =
    appointmentAt === undefined ? { wait: outlookNow(context).wait(service.id, priority !== null) } : { appointmentAt }
  recordFacts(context, [{ type: 'visit.issued', data: visit }], officerHere(context))
  const issuedAt = repositories.visits.get(visit.visitId)?.issued_at ?? mallNow(context)
  queueSlip(context, { ...visit, entryNo: 1, issuedAt }, null, told)
  return { ok: true, data: { visitId: visit.visitId, label: visit.label } }
}

/** Null when the number that was fetched for this visitor is gone: under a quota the own series is only for a cut. */
function takeLabel(
  { repositories }: HostContext,
  service: ServiceConfig,
  businessDate: string,
  stock: Stock,
): TicketLabel | null {
  const { numbers, device } = repositories
  const leased = numbers.takeLeased({ serviceId: service.id, businessDate })
  if (leased !== null) return ticketLabel(service.prefix, leased, service.padding)
  if (stock === 'leased' && service.dailyQuota !== undefined) return null
  const { slot, generation } = device.get() ?? { slot: 0, generation: 1 }
  return deskSeriesLabel(slot, generation, numbers.takeOwn(businessDate))
}
