/** Which services this counter serves by the configuration, which of them its officer may take, and which it takes now. */
import { servicesChosen } from '#domain/counter-facts.ts'
import type { Fact } from '#domain/events.ts'
import { servicesPermitted, servicesTaken } from '#domain/services-taken.ts'
import type { CoreContext } from '#main/host/context.ts'
import { counterHere } from '#main/host/own-counter.ts'

type Here = Pick<CoreContext, 'config' | 'repositories'>

/** Empty on a PC that is no counter's. */
export function configuredServices(context: Here): readonly string[] {
  return counterHere(context)?.serviceIds ?? []
}

export function permittedServices(context: Here, officerId: string | null): readonly string[] {
  const officer = context.config()?.officers.find(({ id }) => id === officerId)
  return servicesPermitted(configuredServices(context), officer)
}

export function takenServices(context: Here): readonly string[] {
  return servicesTaken(configuredServices(context), context.repositories.desk.get().chosenServices)
}

/**
 * What follows when this officer takes the counter: what they may not serve goes back, also while cut off, because it could not be called
 * here anyway. `taken`: before. Nothing follows when they may serve all of it, or none: then they may not sit here at all.
 */
export function narrowedFor(
  context: Here,
  officerId: string | null,
  counter: { counterId: string; epoch: number },
  taken: readonly string[],
): Fact[] {
  const permitted = permittedServices(context, officerId)
  if (taken.every((id) => permitted.includes(id)) || permitted.length === 0) return []
  const still = taken.filter((id) => permitted.includes(id))
  return servicesChosen(context.repositories.hand.allHeld(), counter, still.length > 0 ? still : permitted)
}
