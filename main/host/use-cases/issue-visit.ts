/** Ambil nomor: the front desk gives a visitor a number, from a leased block or else from its own series. */
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { ServiceConfig } from '#contract/mall-config.ts'
import type { VisitIssued } from '#domain/events.ts'
import { deskSeriesLabel, type TicketLabel, ticketLabel } from '#domain/ticket-label.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, today } from '#main/host/desk-state.ts'
import { queueSlip } from '#main/host/printing/queue-slip.ts'
import { recordFacts } from '#main/host/record.ts'
import { firstResult, runCommand } from '#main/host/run-command.ts'

/** Fetch the next block when this few numbers are left, so that nobody waits for it. */
const REFILL_AT = 5

export async function issueVisit(context: HostContext, input: MethodInput<'visit.issue'>) {
  const { repositories, mall } = context
  // Whatever has changed since: a number was given.
  const first = firstResult<MethodOutput<'visit.issue'>>(context, input.commandId)
  if (first) return first
  const config = context.config()
  const device = repositories.device.get()
  if (!config || device?.role_kind !== 'front_desk') return { ok: false, code: 'NOT_A_FRONT_DESK' } as const
  const service = config.services.find((one) => one.id === input.serviceId)
  if (!service) return { ok: false, code: 'SERVICE_UNKNOWN' } as const
  const journey = config.journeys.find((one) => one.id === input.journeyId)
  if (input.journeyId !== null && journey?.steps[0]?.serviceId !== service.id) {
    return { ok: false, code: 'JOURNEY_UNKNOWN' } as const
  }

  const series = { serviceId: service.id, businessDate: today(context) }
  if (repositories.numbers.leasedLeft(series) === 0) await mall.leaseNumbers(series.serviceId, series.businessDate)

  // In doubt, the numbers may have been printed by what this store has forgotten.
  if (context.identity.inDoubt()) return { ok: false, code: 'STORE_IN_DOUBT' } as const
  const result = runCommand<MethodOutput<'visit.issue'>, never>(context, input.commandId, () => {
    const businessDate = today(context)
    const label = takeLabel(context, service, businessDate, device)
    const visit: VisitIssued = {
      visitId: visitIdOf(context.sha256, config.mall.id, businessDate, label.text),
      label: label.text,
      businessDate,
      serviceId: service.id,
      priority: input.priority,
      journeyId: input.journeyId,
    }
    recordFacts(context, [{ type: 'visit.issued', data: visit }], officerHere(context))
    queueSlip(context, { ...visit, entryNo: 1, issuedAt: mallNow(context) }, null)
    return { ok: true, data: { visitId: visit.visitId, label: visit.label } }
  })
  // Not awaited: the visitor already has a number. leaseNumbers never throws.
  if (repositories.numbers.leasedLeft(series) <= REFILL_AT)
    void mall.leaseNumbers(series.serviceId, series.businessDate)
  return result
}

function takeLabel(
  context: HostContext,
  service: ServiceConfig,
  businessDate: string,
  { slot, generation }: { slot: number; generation: number },
): TicketLabel {
  const { numbers } = context.repositories
  const leased = numbers.takeLeased({ serviceId: service.id, businessDate })
  return leased === null
    ? deskSeriesLabel(slot, generation, numbers.takeOwn(businessDate))
    : ticketLabel(service.prefix, leased, service.padding)
}
