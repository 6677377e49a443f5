/** The parsed configuration, read from the store once per version. */
import { DeviceConfig } from '#contract/mall-config.ts'
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'

export function createConfigCache(store: Store, device: Repositories['device']) {
  let cached: DeviceConfig | null = null
  return {
    get(): DeviceConfig | null {
      if (!cached) {
        const stored = device.config()
        cached = stored ? DeviceConfig.parse(JSON.parse(stored.body)) : null
      }
      return cached
    },
    /** Stores a newer configuration and uses it from now on; one that could not be stored is not used. */
    put(config: DeviceConfig): void {
      store.transaction(() => device.putConfig(config.version, JSON.stringify(config)))
      cached = config
    },
  }
}
