/** Where the current visitor's journey leads from this counter, and what this counter hands over. */
import type { Catalogue, DeskSnapshot } from '#contract/snapshot.ts'
import { handingStep, nextStep } from '#domain/journey.ts'
import { useCatalogue } from '#renderer/state/context.tsx'

type Service = Catalogue['services'][number]
type HandsOver = NonNullable<Catalogue['journeys'][number]['steps'][number]['handsOver']>

/** `number` counts the journey's steps from 1. */
export type NextStep = { number: number; service: Service; handsOver: HandsOver | null }

export function useNextStep(current: DeskSnapshot['current']): NextStep | null {
  const catalogue = useCatalogue()
  const journey = catalogue?.journeys.find(({ id }) => id === current?.journeyId)
  if (!catalogue || !current || !journey) return null
  const toServiceId = nextStep(journey, current.serviceId)
  const service = catalogue.services.find(({ id }) => id === toServiceId)
  if (!service) return null
  const here = journey.steps.findIndex((step) => step.serviceId === current.serviceId)
  return { number: here + 2, service, handsOver: journey.steps[here]?.handsOver ?? null }
}

/** What a handed-over value is in the journey it came with: its name, and for how many days it is good. */
export function handedOverAs(
  catalogue: Catalogue | null,
  at: Pick<NonNullable<DeskSnapshot['current']>, 'journeyId' | 'serviceId'>,
  key: string,
): HandsOver | null {
  return handingStep(catalogue?.journeys ?? [], at, key)?.handsOver ?? null
}
