/** A newer configuration: what the counter, or the officer at it, can no longer serve goes back together with the change. */
import type { DeviceConfig } from '#contract/mall-config.ts'
import { profileChange } from '#domain/counter-facts.ts'
import type { CoreContext } from '#main/host/context.ts'
import { recordFacts } from '#main/host/record.ts'
import { narrowedFor, takenServices } from '#main/host/services.ts'

export function takeConfig(context: CoreContext, config: DeviceConfig): void {
  const { store, repositories, setConfig } = context
  store.transaction(() => {
    const { open, counter, officerId } = repositories.desk.get()
    const before = context.config()
    if (before && open && counter) {
      const services = servicesOf(config, counter.counterId)
      if (servicesOf(before, counter.counterId).join() !== services.join()) {
        recordFacts(context, profileChange(repositories.hand.allHeld(), counter, services, config.version), null)
      }
      const then = { repositories, config: () => config }
      recordFacts(context, narrowedFor(then, officerId, counter, takenServices(then)), null)
    }
    repositories.device.putConfig(config.version, JSON.stringify(config))
  })
  setConfig(config)
}

function servicesOf(config: DeviceConfig, counterId: string): string[] {
  return config.counters.find((counter) => counter.id === counterId)?.serviceIds ?? []
}
