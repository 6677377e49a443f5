/**
 * Who is told what. A grant is for the device that gets custody, not for the counter: a second PC that takes the counter
 * over must not find its predecessor's hand in the stream.
 */
import type { Device } from '#server/auth.ts'
import type { Mall } from '#server/config/mall.ts'

export const MALL_AUDIENCE = 'mall'

export function deviceAudience(deviceId: string): string {
  return `device:${deviceId}`
}

export function serviceAudience(serviceId: string): string {
  return `service:${serviceId}`
}

export function audiencesOf(device: Device, mall: Mall): string[] {
  const services =
    device.role.kind === 'front_desk'
      ? [...mall.services.keys()]
      : (mall.counters.get(device.role.counterId)?.serviceIds ?? [])
  return [deviceAudience(device.id), MALL_AUDIENCE, ...services.map(serviceAudience)]
}
