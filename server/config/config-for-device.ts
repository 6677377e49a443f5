/** What one device may know of the configuration: PIN hashes only of those who may sign in there. */
import type { DeviceConfig, OfficerOnDevice } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire.ts'
import type { Mall } from '#server/config/mall.ts'

export function configForDevice(mall: Mall, role: DeviceRole): DeviceConfig {
  const agencyId = role.kind === 'counter' ? mall.counters.get(role.counterId)?.agencyId : undefined
  const maySignIn = (officer: OfficerOnDevice) =>
    officer.roles.includes('technician') ||
    (officer.roles.includes('supervisor') && officer.agencyId === undefined) ||
    (role.kind === 'front_desk' && officer.roles.includes('front_desk')) ||
    (role.kind === 'counter' &&
      agencyId !== undefined &&
      officer.agencyId === agencyId &&
      (officer.roles.includes('officer') || officer.roles.includes('supervisor')))
  return { ...mall.config, officers: mall.config.officers.filter(maySignIn) }
}
