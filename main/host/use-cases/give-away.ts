/** Acts by which an entry leaves this counter: forward, transfer, release. And taking the last step back. */
import type { CheckedInput, MethodInput } from '#contract/desk-api.ts'
import { isCalendarDate } from '#domain/calendar-date.ts'
import type { Entry } from '#domain/entry.ts'
import { handedOverText } from '#domain/handed-over.ts'
import { nextStep } from '#domain/journey.ts'
import type { HostContext } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'
import { queuePapers } from '#main/host/printing/queue-papers.ts'
import { act, giveAway } from '#main/host/use-cases/act.ts'
import { sealText } from '#main/host/use-cases/seal-text.ts'

/** Alihkan: the visit goes on at another service under the same number; on a journey it takes along what was handed over. */
export function forward(context: HostContext, input: CheckedInput<'queue.forward'>) {
  const { visitId, entryNo, toServiceId } = input
  const config = context.config()
  const entry = context.repositories.entries.get({ visitId, entryNo })
  const journey = config?.journeys.find((one) => one.id === entry?.journeyId)
  const isNextStep = entry && journey && nextStep(journey, entry.serviceId) === toServiceId
  const step = isNextStep ? journey.steps.find(({ serviceId }) => serviceId === entry.serviceId) : undefined
  const { handsOver: value, handsOverDate: issuedOn } = input
  const refusal = () => {
    if (!config?.services.some(({ id }) => id === toServiceId)) return 'SERVICE_UNKNOWN'
    if (value !== null && !step?.handsOver) return 'NOTHING_TO_HAND_OVER'
    return isDateOf(context, value, issuedOn, step?.handsOver?.validDays) ? null : 'HANDED_OVER_DATE_WRONG'
  }
  const key = step?.handsOver?.key
  const text = key && value !== null ? { key, ...sealText(context, handedOverText({ value, issuedOn })) } : null
  const command = {
    kind: 'forward',
    visitId,
    entryNo,
    toServiceId,
    journeyId: isNextStep ? journey.id : null,
    handsOver: text && { key: text.key, valueHash: text.valueHash },
  } as const
  const together = (after: Entry) => {
    if (text) context.repositories.personalTexts.addOwn({ visitId, entryNo, ...text })
    queuePapers(context, after, { toServiceId, toCounterId: null, isNextStep: Boolean(isNextStep) })
  }
  return giveAway(context, input.commandId, command, together, refusal)
}

/** Pindahkan: to another service or to a counter by name, outside any journey. */
export function transfer(context: HostContext, input: MethodInput<'queue.transfer'>) {
  const { visitId, entryNo, toServiceId, toCounterId } = input
  const config = context.config()
  const isThere = ({ id, serviceIds }: { id: string; serviceIds: string[] }) =>
    id === toCounterId && serviceIds.includes(toServiceId)
  const refusal = () => {
    if (!config?.services.some(({ id }) => id === toServiceId)) return 'SERVICE_UNKNOWN'
    return toCounterId !== null && !config.counters.some(isThere) ? 'COUNTER_UNKNOWN' : null
  }
  const { place = 'end', returns = false } = input
  const command = { kind: 'transfer', visitId, entryNo, toServiceId, toCounterId, place, returns } as const
  const together = (after: Entry) => queuePapers(context, after, { toServiceId, toCounterId, isNextStep: false })
  return giveAway(context, input.commandId, command, together, refusal)
}

/** Lepaskan: a waiting entry of the own hand goes back to the dealer. */
export function release(context: HostContext, { commandId, visitId, entryNo }: MethodInput<'queue.release'>) {
  return giveAway(context, commandId, { kind: 'release', visitId, entryNo })
}

export function undo(context: HostContext, { commandId }: MethodInput<'queue.undo'>) {
  return act(context, commandId, { kind: 'undo' })
}

/** A date belongs to what is valid for some days, and nothing was issued tomorrow. One that nobody knows is left out. */
function isDateOf(context: HostContext, value: string | null, issuedOn: string | null, validDays?: number): boolean {
  if (issuedOn === null) return true
  return value !== null && validDays !== undefined && isCalendarDate(issuedOn) && issuedOn <= today(context)
}
