/** Acts by which an entry leaves this counter: forward, transfer, release. And taking the last step back. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { Entry } from '#domain/entry.ts'
import { handsOver as handsOverKey, nextStep } from '#domain/journey.ts'
import { personalTextHash } from '#domain/personal-text.ts'
import type { HostContext } from '#main/host/context.ts'
import { queuePapers } from '#main/host/printing/queue-papers.ts'
import { act, giveAway } from '#main/host/use-cases/act.ts'

/** Alihkan: the visit goes on at another service under the same number; on a journey it takes along what was handed over. */
export function forward(context: HostContext, input: MethodInput<'queue.forward'>) {
  const { visitId, entryNo, toServiceId } = input
  const config = context.config()
  const entry = context.repositories.entries.get({ visitId, entryNo })
  const journey = config?.journeys.find((one) => one.id === entry?.journeyId)
  const isNextStep = entry && journey && nextStep(journey, entry.serviceId) === toServiceId
  const key = isNextStep ? handsOverKey(journey, entry.serviceId) : null
  const refusal = () => {
    if (!config?.services.some(({ id }) => id === toServiceId)) return 'SERVICE_UNKNOWN'
    return input.handsOver !== null && key === null ? 'NOTHING_TO_HAND_OVER' : null
  }
  const text = key && input.handsOver ? sealText(context, { visitId, entryNo, key, value: input.handsOver }) : null
  const command = {
    kind: 'forward',
    visitId,
    entryNo,
    toServiceId,
    journeyId: isNextStep ? journey.id : null,
    handsOver: text && { key: text.key, valueHash: text.valueHash },
  } as const
  const together = (after: Entry) => {
    if (text) context.repositories.personalTexts.addOwn(text)
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

/** Gives a text its salt and hash. Only the hash goes into the event. */
function sealText(context: HostContext, text: { visitId: string; entryNo: number; key: string; value: string }) {
  const salt = Buffer.from(context.ids.randomBytes(16)).toString('base64url')
  return { ...text, salt, valueHash: personalTextHash(context.sha256, salt, text.value) }
}
