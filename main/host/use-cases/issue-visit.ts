/** Ambil nomor: the front desk gives a visitor a number, from a leased block or else from its own series. */
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { DeviceConfig, ServiceConfig } from '#contract/mall-config.ts'
import { slipQrText } from '#contract/slip-qr.ts'
import type { VisitIssued } from '#domain/events.ts'
import { deskSeriesLabel, type TicketLabel, ticketLabel } from '#domain/ticket-label.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, today } from '#main/host/desk-state.ts'
import { counterNamesOf, inLanguage } from '#main/host/printing/names.ts'
import { addPrintJob } from '#main/host/printing/print-queue.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'

/** Fetch the next block when this few numbers are left, so that nobody waits for it. */
const REFILL_AT = 5

export async function issueVisit(context: HostContext, input: MethodInput<'visit.issue'>) {
  const { repositories, mall } = context
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

  const result = runCommand<MethodOutput<'visit.issue'>, never>(context, input.commandId, () => {
    const businessDate = today(context)
    const label = takeLabel(context, service, businessDate, device.slot)
    const visit: VisitIssued = {
      visitId: context.ids.uuid(),
      label: label.text,
      businessDate,
      serviceId: service.id,
      priority: input.priority,
      journeyId: input.journeyId,
    }
    recordFacts(context, [{ type: 'visit.issued', data: visit }], officerHere(context))
    queueSlip(context, config, service, visit, label)
    return { ok: true, data: { visitId: visit.visitId, label: visit.label } }
  })
  // Not awaited: the visitor already has a number. leaseNumbers never throws.
  if (repositories.numbers.leasedLeft(series) <= REFILL_AT)
    void mall.leaseNumbers(series.serviceId, series.businessDate)
  return result
}

function takeLabel(context: HostContext, service: ServiceConfig, businessDate: string, slot: number): TicketLabel {
  const { numbers } = context.repositories
  const leased = numbers.takeLeased({ serviceId: service.id, businessDate })
  return leased === null
    ? deskSeriesLabel(slot, numbers.takeOwn(businessDate))
    : ticketLabel(service.prefix, leased, service.padding)
}

function queueSlip(
  context: HostContext,
  config: DeviceConfig,
  service: ServiceConfig,
  visit: VisitIssued,
  label: TicketLabel,
): void {
  const { language, mall, repositories } = context
  addPrintJob(context, {
    kind: 'slip',
    language,
    timeZone: config.mall.timeZone,
    mallName: config.mall.name,
    agencyName: config.agencies.find((agency) => agency.id === service.agencyId)?.name ?? '',
    serviceName: inLanguage(service.name, language),
    label,
    counterNames: counterNamesOf(config, service.id),
    // Cut off from the server nobody knows how many wait: say nothing rather than something wrong.
    peopleAhead: mall.isOnline() ? repositories.queue.countWaiting(visit.businessDate, service.id) : null,
    standardMinutes: service.standardMinutes,
    requirements: service.requirements,
    tariffRupiah: service.tariffRupiah,
    priority: visit.priority !== null,
    issuedAt: mallNow(context),
    qr: slipQrText({ visitId: visit.visitId, entryNo: 1, label: visit.label, businessDate: visit.businessDate }),
    copy: false,
  })
}
