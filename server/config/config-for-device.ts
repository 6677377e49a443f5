/** What one device may know of the configuration: PIN hashes only of those who may sign in there. */
import type { DeviceConfig, OfficerOnDevice } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import { servicesPermitted } from '#domain/services-taken.ts'
import type { Mall } from '#server/config/mall.ts'

export function configForDevice(mall: Mall, role: DeviceRole): DeviceConfig {
  const counter = role.kind === 'counter' ? mall.counters.get(role.counterId) : undefined
  const agencyId = counter?.agencyId
  const servesHere = ({ serviceIds }: OfficerOnDevice) =>
    servicesPermitted(counter?.serviceIds ?? [], { serviceIds }).length > 0
  const maySignIn = (officer: OfficerOnDevice) =>
    officer.roles.includes('technician') ||
    (officer.roles.includes('supervisor') && officer.agencyId === undefined) ||
    (role.kind === 'front_desk' && officer.roles.includes('front_desk')) ||
    (role.kind === 'counter' &&
      agencyId !== undefined &&
      officer.agencyId === agencyId &&
      servesHere(officer) &&
      (officer.roles.includes('officer') || officer.roles.includes('supervisor')))
  return { ...mall.config, officers: mall.config.officers.filter(maySignIn) }
}
