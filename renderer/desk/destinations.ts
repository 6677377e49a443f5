/** Where a visitor can be sent: a service, whoever serves it, or one counter by name ("Loket 5"). */
import type { Catalogue } from '#contract/snapshot.ts'
import { type Service, searchServices } from '#renderer/services/search.ts'

export type Destination = { key: string; service: Service; counter: Catalogue['counters'][number] | null }
type Here = { serviceId: string; counterId: string | null }

/** Words that announce a counter's name, in both languages. */
const COUNTER_WORDS = ['loket', 'counter']

/**
 * Services by their words; counters only when one is named, as "5" or "loket 5", with words of the service besides if there are any.
 * Not where the visitor is already.
 */
export function searchDestinations(catalogue: Catalogue, here: Here, query: string): Destination[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const named = words.filter((word) => catalogue.counters.some(({ name }) => name.toLowerCase() === word))
  const counters = named.length === 0 ? [] : countersNamed(catalogue, here, named, words)
  const services = searchServices(catalogue.services, query).filter(({ id }) => id !== here.serviceId)
  return [...counters, ...services.map((service) => ({ key: service.id, service, counter: null }))]
}

function countersNamed(catalogue: Catalogue, here: Here, named: string[], words: string[]): Destination[] {
  const ofService = words.filter((word) => !named.includes(word) && !COUNTER_WORDS.includes(word)).join(' ')
  const services = searchServices(catalogue.services, ofService)
  return catalogue.counters
    .filter(({ id, name }) => id !== here.counterId && named.includes(name.toLowerCase()))
    .flatMap((counter) =>
      services
        .filter(({ id }) => counter.serviceIds.includes(id))
        .map((service) => ({ key: `${counter.id}/${service.id}`, service, counter })),
    )
}
