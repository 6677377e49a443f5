/** Puts a slip into the print queue, closed by the mall's key of the day, inside the transaction of the act that it is about. */
import { type Slip, slipText, typedCode } from '#domain/slip.ts'
import { parseTicketLabel } from '#domain/ticket-label.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import type { SlipDocument } from '#main/host/device-documents.ts'
import { counterNamesOf, inLanguage } from '#main/host/printing/names.ts'
import { addPrintJob } from '#main/host/printing/print-queue.ts'

/** `onlyCounterId`: the one counter that may serve it, when it was named. `told`: what a front desk says of the wait. */
export function queueSlip(
  context: HostContext,
  slip: Slip,
  onlyCounterId: string | null,
  told: Pick<SlipDocument, 'wait' | 'appointmentAt'> = {},
): void {
  const { language, mall, repositories } = context
  const config = context.config()
  const service = config?.services.find((one) => one.id === slip.serviceId)
  const label = parseTicketLabel(slip.label)
  if (!config || !service || !label) return
  const document: SlipDocument = {
    kind: 'slip',
    language,
    timeZone: config.mall.timeZone,
    mallName: config.mall.name,
    agencyName: config.agencies.find((agency) => agency.id === service.agencyId)?.name ?? '',
    serviceName: inLanguage(service.name, language),
    label,
    counterNames: counterNamesOf(config, service.id, onlyCounterId),
    // Cut off from the server nobody knows how many wait: say nothing rather than something wrong.
    peopleAhead: mall.isOnline() ? repositories.queue.countWaiting(slip.businessDate, service.id) : null,
    standardMinutes: service.standardMinutes,
    requirements: service.requirements,
    tariffRupiah: service.tariffRupiah,
    product: service.product,
    complaintChannel: config.mall.complaintChannel,
    priority: slip.priority !== null,
    issuedAt: mallNow(context),
    ...proof(context, slip),
    copy: false,
    ...told,
  }
  addPrintJob(context, document, slip.visitId)
}

/** A desk that was never connected has no key, and a slip without one would prove nothing. */
function proof({ slipKeys }: HostContext, slip: Slip): { qr: string | null; code: string | null } {
  const [keyId] = slipKeys.ofDay(slip.businessDate)
  if (!keyId) return { qr: null, code: null }
  return { qr: slipText(slip, keyId, slipKeys.keyedHash), code: typedCode(slip, keyId, slipKeys.keyedHash) }
}
