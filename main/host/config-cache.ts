/** The parsed configuration, read from the store once per version. */
import { DeviceConfig } from '#contract/mall-config.ts'
import type { Repositories } from '#db/repositories/index.ts'

export function createConfigCache(device: Repositories['device']) {
  let cached: DeviceConfig | null = null
  return {
    get(): DeviceConfig | null {
      if (!cached) {
        const stored = device.config()
        cached = stored ? DeviceConfig.parse(JSON.parse(stored.body)) : null
      }
      return cached
    },
    /** After it was stored: one that could not be stored is not used. */
    set(config: DeviceConfig): void {
      cached = config
    },
  }
}
