/** Finding a service by any word of it: name in either language, agency or prefix. */
import type { Catalogue } from '#contract/snapshot.ts'

export type Service = Catalogue['services'][number]

/** Every word must occur; a name that begins with the query comes first. The mall's order breaks ties. */
export function searchServices(services: readonly Service[], query: string): Service[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...services]
  return services
    .map((service) => ({ service, rank: rank(service, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ service }) => service)
}

function rank(service: Service, words: readonly string[]): number {
  const names = [fold(service.name.id), fold(service.name.en ?? '')]
  const everything = [...names, fold(service.agencyName), fold(service.prefix)].join(' ')
  if (!words.every((word) => everything.includes(word))) return 0
  const query = words.join(' ')
  if (fold(service.prefix) === query) return 3
  return names.some((name) => name.startsWith(query)) ? 2 : 1
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
