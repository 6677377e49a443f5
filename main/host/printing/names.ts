/** Names as they stand on paper and screen. */
import type { MallConfig } from '#contract/mall-config.ts'

export function inLanguage(text: { id: string; en?: string | undefined }, language: 'id' | 'en'): string {
  return language === 'en' ? (text.en ?? text.id) : text.id
}

/** Names of the counters that offer a service; of one only when a counter is named. */
export function counterNamesOf(
  config: Pick<MallConfig, 'counters'>,
  serviceId: string,
  onlyId: string | null = null,
): string[] {
  return config.counters
    .filter(({ id, serviceIds }) => serviceIds.includes(serviceId) && (onlyId === null || id === onlyId))
    .map((counter) => counter.name)
}
