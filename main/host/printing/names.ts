/** Names as they stand on paper and screen. */
import type { DeviceConfig } from '#contract/mall-config.ts'

export function inLanguage(text: { id: string; en?: string | undefined }, language: 'id' | 'en'): string {
  return language === 'en' ? (text.en ?? text.id) : text.id
}

/** Names of the counters that offer a service. */
export function counterNamesOf(config: DeviceConfig, serviceId: string): string[] {
  return config.counters.filter((counter) => counter.serviceIds.includes(serviceId)).map((counter) => counter.name)
}
