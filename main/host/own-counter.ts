/** The counter that this PC is, and who of those who may sign in here belongs to its agency. */
import type { CounterConfig } from '#contract/mall-config.ts'
import type { CoreContext } from '#main/host/context.ts'

type Here = Pick<CoreContext, 'repositories' | 'config'>

export function counterHere({ repositories, config }: Here): CounterConfig | null {
  const device = repositories.device.get()
  if (device?.role_kind !== 'counter') return null
  return config()?.counters.find(({ id }) => id === device.role_id) ?? null
}

/** Staff of the mall, who may sign in at every counter, do not read what an agency notes about its visitors. */
export function isOfOwnAgency(context: Here, officerId: string | null): boolean {
  const officer = context.config()?.officers.find(({ id }) => id === officerId)
  return officer?.agencyId !== undefined && officer.agencyId === counterHere(context)?.agencyId
}
