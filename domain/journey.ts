/** Journeys (paket layanan): ordered services over agency borders, walked by one visit under one number. */
export type Journey = {
  id: string
  steps: readonly { serviceId: string }[]
}

/** The service after `serviceId` on this journey; null at its end or when the service is not on it. */
export function nextStep(journey: Journey, serviceId: string): string | null {
  const index = journey.steps.findIndex((step) => step.serviceId === serviceId)
  return index < 0 ? null : (journey.steps[index + 1]?.serviceId ?? null)
}

type Handing = { serviceId: string; handsOver?: { key: string } | null | undefined }

/**
 * The step that handed `key` over. A slip that is shown during a cut does not name the visitor's journey: then it was one that
 * leads to the service at hand.
 */
export function handingStep<S extends Handing>(
  journeys: readonly { id: string; steps: readonly S[] }[],
  { journeyId, serviceId }: { journeyId: string | null; serviceId: string },
  key: string,
): S | null {
  for (const { id, steps } of journeys) {
    const from = steps.findIndex((step) => step.handsOver?.key === key)
    const leadsHere = journeyId === null && steps.findIndex((step) => step.serviceId === serviceId) > from
    if (from >= 0 && (id === journeyId || leadsHere)) return steps[from] ?? null
  }
  return null
}
