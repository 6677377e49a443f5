/** Puts a receipt (tanda terima) into the print queue, inside the transaction that ended the entry. */
import type { DeviceConfig } from '#contract/mall-config.ts'
import { shortHash } from '#domain/chain.ts'
import type { Entry } from '#domain/entry.ts'
import { parseTicketLabel } from '#domain/ticket-label.ts'
import type { HostContext } from '#main/host/context.ts'
import type { NextStop, ReceiptDocument } from '#main/host/device-documents.ts'
import { counterNamesOf, inLanguage } from '#main/host/printing/names.ts'
import { addPrintJob } from '#main/host/printing/print-queue.ts'

export type Onward = {
  toServiceId: string
  /** The only counter that may serve it there, when the officer named one. */
  toCounterId: string | null
  /** The journey's next step, and not a way out of it. */
  isNextStep: boolean
}

/** `onward` says where the visit goes on; null when it ended here. */
export function queueReceipt(context: HostContext, entry: Entry, onward: Onward | null): void {
  const { repositories, language } = context
  const config = context.config()
  const service = config?.services.find((one) => one.id === entry.serviceId)
  const counter = config?.counters.find((one) => one.id === entry.counterId)
  const agency = config?.agencies.find((one) => one.id === counter?.agencyId)
  const label = parseTicketLabel(entry.label)
  if (!config || !service || !counter || !agency || !label) {
    context.log.error(
      { serviceId: entry.serviceId, counterId: entry.counterId },
      'no receipt: not in the configuration',
    )
    return
  }
  const device = repositories.device.get()
  const { seq, hash } = repositories.events.head(device?.generation ?? 1)
  const document: ReceiptDocument = {
    kind: 'receipt',
    language,
    timeZone: config.mall.timeZone,
    mallName: config.mall.name,
    agencyName: agency.name,
    serviceName: inLanguage(service.name, language),
    counterName: counter.name,
    label,
    officerCode: config.officers.find((officer) => officer.id === entry.officerId)?.code ?? '-',
    issuedAt: entry.issuedAt,
    calledAt: entry.calledAt ?? entry.issuedAt,
    finishedAt: entry.endedAt ?? entry.issuedAt,
    ...result(entry, onward, config, language),
    paymentReference: entry.paymentReference,
    complaintChannel: config.mall.complaintChannel,
    next: onward && nextStop(context, onward),
    proof: { device: device?.device_id.slice(0, 8) ?? '-', seq, shortHash: shortHash(hash) },
    surveyUrl: config.mall.surveyUrl ?? null,
    copy: false,
  }
  addPrintJob(context, document)
}

/**
 * A step of a journey delivers its service and sends the visitor on, and so does what was completed with a way back. Any other
 * forward says that this desk was not the right one: nothing was delivered.
 */
function result(
  entry: Entry,
  onward: Onward | null,
  { services }: DeviceConfig,
  language: ReceiptDocument['language'],
): Pick<ReceiptDocument, 'outcome' | 'product' | 'delivered' | 'tariffRupiah'> {
  const isStepDone = onward?.isNextStep === true && entry.servingAt !== null
  const isSentOn = onward !== null && entry.outcome === null
  const outcome = isSentOn ? (isStepDone ? 'delivered' : 'forwarded') : (entry.outcome ?? 'delivered')
  const own = services.find(({ id }) => id === entry.serviceId)
  const said = (entry.delivered ?? []).flatMap(({ serviceId, quantity }) => {
    const service = services.find(({ id }) => id === serviceId)
    return service
      ? { name: inLanguage(service.name, language), quantity, tariff: service.tariffRupiah * quantity }
      : []
  })
  if (said.length === 0) {
    const product = outcome === 'delivered' ? (own?.product ?? null) : null
    return { outcome, product, delivered: [], tariffRupiah: own?.tariffRupiah ?? 0 }
  }
  return {
    outcome,
    product: null,
    delivered: said.map(({ name, quantity }) => ({ name, quantity })),
    tariffRupiah: said.reduce((sum, { tariff }) => sum + tariff, 0),
  }
}

function nextStop(context: HostContext, { toServiceId, toCounterId }: Onward): NextStop | null {
  const config = context.config()
  const service = config?.services.find((one) => one.id === toServiceId)
  const agency = config?.agencies.find((one) => one.id === service?.agencyId)
  if (!config || !service || !agency) return null
  return {
    agency: agency.name,
    service: inLanguage(service.name, context.language),
    counterNames: counterNamesOf(config, service.id, toCounterId),
  }
}
