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
