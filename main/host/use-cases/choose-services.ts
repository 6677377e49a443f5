/** Layanan saya sekarang: which of its services this counter takes, within what its officer may do. */
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'
import { officerHere } from '#main/host/desk-state.ts'
import { configuredServices, permittedServices } from '#main/host/services.ts'
import { act } from '#main/host/use-cases/act.ts'

export function chooseServices(context: HostContext, { commandId, serviceIds }: MethodInput<'counter.chooseServices'>) {
  // In the configuration's order, each once: one choice is written in one way.
  const chosen = configuredServices(context).filter((id) => serviceIds.includes(id))
  return act(context, commandId, { kind: 'chooseServices', serviceIds: chosen }, () => refusal(context, serviceIds))
}

function refusal(context: HostContext, serviceIds: readonly string[]) {
  const configured = configuredServices(context)
  const permitted = permittedServices(context, officerHere(context))
  if (!serviceIds.every((id) => configured.includes(id))) return 'SERVICE_UNKNOWN'
  return serviceIds.every((id) => permitted.includes(id)) ? null : 'SERVICE_NOT_PERMITTED'
}

export async function takers(context: HostContext): Promise<{ ok: true; data: MethodOutput<'counter.takers'> }> {
  const names = new Map(context.config()?.counters.map(({ id, name }) => [id, name]))
  const services = await context.mall.takers()
  const named = services?.map(({ serviceId, counterIds }) => ({
    serviceId,
    counterNames: counterIds.map((id) => names.get(id) ?? id),
  }))
  return { ok: true, data: { services: named ?? null } }
}
