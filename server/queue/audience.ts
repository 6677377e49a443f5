/**
 * Who is told what. A grant is for the device that gets custody, not for the counter: a second PC that takes the counter
 * over must not find its predecessor's hand in the stream. Every audience names its mall: two malls may use the same ids.
 */
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'

export function mallAudience(mallId: string): string {
  return `${mallId}:mall`
}

export function deviceAudience(mallId: string, deviceId: string): string {
  return `${mallId}:device:${deviceId}`
}

export function serviceAudience(mallId: string, serviceId: string): string {
  return `${mallId}:service:${serviceId}`
}

/** Calls that are to be spoken there. */
export function zoneAudience(mallId: string, zoneId: string): string {
  return `${mallId}:zone:${zoneId}`
}

export function audiencesOf(device: Device, { mallId, mall }: MallContext): string[] {
  const services =
    device.role.kind === 'front_desk'
      ? [...mall.services.keys()]
      : (mall.counters.get(device.role.counterId)?.serviceIds ?? [])
  const zoneId = mall.zoneOfSpeaker.get(
    device.role.kind === 'front_desk' ? device.role.frontDeskId : device.role.counterId,
  )
  return [
    deviceAudience(mallId, device.id),
    mallAudience(mallId),
    ...(zoneId === undefined ? [] : [zoneAudience(mallId, zoneId)]),
    ...services.map((serviceId) => serviceAudience(mallId, serviceId)),
  ]
}
