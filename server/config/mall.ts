/** The configuration with the look-ups that routes and rules need; a newer one replaces it whole. */
import type { CounterConfig, ServiceConfig } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import type { RankPolicy } from '#domain/rank.ts'
import type { StoredConfig } from '#server/config/import-config.ts'

export type Mall = {
  config: StoredConfig
  timeZone: string
  services: ReadonlyMap<string, ServiceConfig>
  counters: ReadonlyMap<string, CounterConfig>
  servicesOfCounter: ReadonlyMap<string, ReadonlySet<string>>
  /** Zone ids: where a counter's calls are heard, and for which zone a place's PC speaks. */
  zoneOfCounter: ReadonlyMap<string, string>
  zoneOfSpeaker: ReadonlyMap<string, string>
  policy: RankPolicy
}

export function mallOf(config: StoredConfig): Mall {
  const zones = config.zones ?? []
  return {
    config,
    timeZone: config.mall.timeZone,
    services: new Map(config.services.map((service) => [service.id, service])),
    counters: new Map(config.counters.map((counter) => [counter.id, counter])),
    servicesOfCounter: new Map(config.counters.map(({ id, serviceIds }) => [id, new Set(serviceIds)])),
    zoneOfCounter: new Map(zones.flatMap(({ id, counterIds }) => counterIds.map((counterId) => [counterId, id]))),
    zoneOfSpeaker: new Map(zones.map(({ id, speakerId }) => [speakerId, id])),
    policy: {
      regularPerPriority: config.priority.regularPerPriority,
      ageingMs: config.priority.ageingMinutes * 60_000,
    },
  }
}

export function placeExists(config: StoredConfig, role: DeviceRole): boolean {
  return role.kind === 'counter'
    ? config.counters.some((counter) => counter.id === role.counterId)
    : config.frontDesks.some((desk) => desk.id === role.frontDeskId)
}
