/** Acts on the entry at the desk: call again, start serving, complete, no-show, forward. */
import type { MethodInput, Result } from '#contract/desk-api.ts'
import { type DeskCommand, type DeskRefusal, decide } from '#domain/desk.ts'
import type { Entry } from '#domain/entry.ts'
import { handsOver as handsOverKey, nextStep } from '#domain/journey.ts'
import { personalTextHash } from '#domain/personal-text.ts'
import type { HostContext } from '#main/host/context.ts'
import { readDeskState } from '#main/host/desk-state.ts'
import { queueReceipt } from '#main/host/printing/queue-receipt.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'

type EntryCommand = Extract<DeskCommand, { visitId: string }>
const DONE = { ok: true, data: {} } as const

export function callAgain(context: HostContext, input: MethodInput<'queue.callAgain'>) {
  return act(context, input.commandId, { kind: 'callAgain', visitId: input.visitId, entryNo: input.entryNo })
}

export function startServing(context: HostContext, input: MethodInput<'queue.startServing'>) {
  return act(context, input.commandId, { kind: 'startServing', visitId: input.visitId, entryNo: input.entryNo })
}

export function noShow(context: HostContext, input: MethodInput<'queue.noShow'>) {
  return act(context, input.commandId, { kind: 'noShow', visitId: input.visitId, entryNo: input.entryNo })
}

export function complete(context: HostContext, input: MethodInput<'queue.complete'>) {
  const { visitId, entryNo, outcome } = input
  return act(context, input.commandId, { kind: 'complete', visitId, entryNo, outcome }, (entry) =>
    queueReceipt(context, entry, null),
  )
}

/** Alihkan: the visit goes on at another service under the same number; on a journey it takes along what was handed over. */
export function forward(context: HostContext, input: MethodInput<'queue.forward'>) {
  const { visitId, entryNo, toServiceId } = input
  const config = context.config()
  if (!config?.services.some((service) => service.id === toServiceId)) {
    return { ok: false, code: 'SERVICE_UNKNOWN' } as const
  }
  const entry = context.repositories.entries.get({ visitId, entryNo })
  const journey = config.journeys.find((one) => one.id === entry?.journeyId)
  const isNextStep = entry && journey && nextStep(journey, entry.serviceId) === toServiceId
  const key = isNextStep ? handsOverKey(journey, entry.serviceId) : null
  if (input.handsOver !== null && key === null) return { ok: false, code: 'NOTHING_TO_HAND_OVER' } as const

  const text = key && input.handsOver ? sealText(context, { visitId, entryNo, key, value: input.handsOver }) : null
  const command: EntryCommand = {
    kind: 'forward',
    visitId,
    entryNo,
    toServiceId,
    journeyId: isNextStep ? journey.id : null,
    handsOver: text && { key: text.key, valueHash: text.valueHash },
  }
  return act(context, input.commandId, command, (after) => {
    if (text) context.repositories.personalTexts.addOwn(text)
    queueReceipt(context, after, { toServiceId, isNextStep: Boolean(isNextStep) })
  })
}

/** One transaction: decide, write the fact, then what must be durable together with it. */
function act(
  context: HostContext,
  commandId: string,
  command: EntryCommand,
  together?: (after: Entry) => void,
): Result<Record<never, never>, DeskRefusal> {
  return runCommand(context, commandId, () => {
    const state = readDeskState(context)
    const decision = decide(state, command)
    if (!decision.ok) return decision
    recordFacts(context, decision.facts, state.officerId)
    const after = context.repositories.entries.get(command)
    if (after) together?.(after)
    return DONE
  })
}

/** Gives a text its salt and hash. Only the hash goes into the event. */
function sealText(context: HostContext, text: { visitId: string; entryNo: number; key: string; value: string }) {
  const salt = Buffer.from(context.ids.randomBytes(16)).toString('base64url')
  return { ...text, salt, valueHash: personalTextHash(context.sha256, salt, text.value) }
}
