/** Cetak persyaratan: what to bring, on paper, for a visitor who has to come back with it. No number, and no fact. */
import type { MethodInput } from '#contract/desk-api.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { counterNamesOf, inLanguage } from '#main/host/printing/names.ts'
import { addPrintJob } from '#main/host/printing/print-queue.ts'
import { afterCommit } from '#main/host/run-command.ts'

export function printRequirements(context: HostContext, { serviceId }: MethodInput<'print.requirements'>) {
  const { language, store } = context
  const config = context.config()
  const service = config?.services.find((one) => one.id === serviceId)
  if (!config || !service) return { ok: false, code: 'SERVICE_UNKNOWN' } as const
  if (context.printer.health().state === 'absent') return { ok: false, code: 'NO_PRINTER' } as const
  store.transaction(() =>
    addPrintJob(context, {
      kind: 'requirements',
      language,
      timeZone: config.mall.timeZone,
      mallName: config.mall.name,
      agencyName: config.agencies.find((agency) => agency.id === service.agencyId)?.name ?? '',
      serviceName: inLanguage(service.name, language),
      prefix: service.prefix,
      counterNames: counterNamesOf(config, service.id),
      requirements: service.requirements,
      standardMinutes: service.standardMinutes,
      tariffRupiah: service.tariffRupiah,
      complaintChannel: config.mall.complaintChannel,
      printedAt: mallNow(context),
      copy: false,
    }),
  )
  afterCommit(context)
  return { ok: true, data: {} } as const
}
