/** A visitor shows a slip: from the own hand, by a claim at the server, or on this desk's own custody while cut off. */
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import { compareGrants } from '#domain/claim.ts'
import { decide } from '#domain/desk.ts'
import type { DeskRefusal } from '#domain/desk-command.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { EntryAsKnown, GrantNo, PresentReason } from '#domain/events.ts'
import type { Slip } from '#domain/slip.ts'
import { type ClaimAnswer, type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, readDeskState } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'
import { permittedServices } from '#main/host/services.ts'
import { readPresentedSlip } from '#main/host/use-cases/read-slip.ts'

export async function present(context: HostContext, { commandId, slip: shown }: MethodInput<'queue.present'>) {
  const reading = readPresentedSlip(context, shown)
  if (!reading.ok) return reading
  const { slip } = reading
  if (!mayServe(context, commandId, slip)) return { ok: false, code: 'SERVICE_NOT_PERMITTED' } as const
  const claim: ClaimAnswer = needsClaim(context, commandId, slip)
    ? await context.mall.claim({ ...slip, letGo: letGoOf(context, slip) })
    : { kind: 'silent' }
  if (claim.kind === 'finished') return { ok: false, code: 'SLIP_FINISHED' } as const
  if (claim.kind === 'in_service') {
    const name = context.config()?.counters.find((one) => one.id === claim.counterId)?.name
    return { ok: false, code: 'SLIP_IN_SERVICE', detail: { counter: name ?? 'none' } } as const
  }
  return runCommand<MethodOutput<'queue.present'>, DeskRefusal | 'SLIP_FINISHED'>(context, commandId, () => {
    const state = readDeskState(context, slip)
    const { subject } = state
    if (subject && isEnded(subject.status) && subject.status !== 'superseded') {
      return { ok: false, code: 'SLIP_FINISHED' }
    }
    const held = heldHere(context, slip)
    const entry = held ?? inOwnCustody(context, slip, claim)
    const decision = decide(state, { kind: 'present', entry, reason: reasonOf(claim, held !== null) })
    if (!decision.ok) return decision
    recordFacts(context, decision.facts, state.officerId)
    return { ok: true, data: { visitId: slip.visitId, entryNo: slip.entryNo, label: slip.label } }
  })
}

/** What this desk began may be taken up again by whoever sits here; a command that has its result gets it again. */
function mayServe(context: HostContext, commandId: string, slip: Slip): boolean {
  if (context.repositories.commands.result(commandId) !== null || isOpenedHere(context, slip)) return true
  return permittedServices(context, officerHere(context)).includes(slip.serviceId)
}

/** The server is not asked about what is certain already, nor again for a command that has its result. */
function needsClaim(context: HostContext, commandId: string, slip: Slip): boolean {
  const { repositories } = context
  if (repositories.commands.result(commandId) !== null || repositories.entries.current()) return false
  return !isOpenedHere(context, slip) && heldHere(context, slip) === null
}

function isOpenedHere({ repositories }: HostContext, slip: Slip): boolean {
  const status = repositories.entries.get(slip)?.status ?? 'waiting'
  return status !== 'waiting' && status !== 'superseded'
}

/** In doubt, the hand may be played elsewhere: then it gives no custody. */
function heldHere({ repositories, identity }: HostContext, slip: Slip): EntryAsKnown | null {
  const row = identity.inDoubt() ? null : repositories.hand.get(slip)
  return row?.state === 'held' ? row : null
}

/** What this desk had of it, or refused, and does not have: the server may not have heard of that end yet. */
function letGoOf({ repositories: { hand } }: HostContext, slip: Slip): GrantNo | undefined {
  const known = [hand.get(slip)?.grant, hand.tombstones.get(slip)]
  return known
    .filter((grant) => grant != null)
    .toSorted(compareGrants)
    .at(-1)
}

/** Custody that this desk takes by itself is named after the event that takes it. */
function inOwnCustody(context: HostContext, slip: Slip, claim: ClaimAnswer): EntryAsKnown {
  const { hand, queue, events, device } = context.repositories
  const { visitId, entryNo, label, businessDate, serviceId } = slip
  const generation = device.get()?.generation ?? 1
  // What the desk has heard of the entry is better than what fits on paper.
  const known = hand.get(slip)
  const heard = known ?? queue.get(slip)
  const told = claim.kind === 'holder_silent' ? claim : undefined
  return {
    ...{ visitId, entryNo, label, businessDate, serviceId },
    grant: { incarnation: 0, n: events.head(generation).seq + 1 },
    priority: heard ? heard.priority : slip.priority,
    // Journey and way back do not fit on paper either: who has not heard of a way back ends the visit here.
    journeyId: told?.journeyId ?? known?.journeyId ?? null,
    returnsTo: told?.returnsTo ?? known?.returnsTo,
    ...{ appointmentAt: heard?.appointmentAt, rank: heard?.rank },
    issuedAt: known?.issuedAt ?? slip.issuedAt,
    // A later step began to wait when the one before it ended; the paper does not say when that was.
    waitingSince: heard?.waitingSince ?? (entryNo === 1 ? slip.issuedAt : mallNow(context)),
  }
}

function reasonOf({ kind }: ClaimAnswer, isHeld: boolean): PresentReason {
  if (isHeld) return kind === 'granted' ? 'claimed' : 'in_hand'
  // A grant that came too late to be taken is none.
  return kind === 'silent' ? 'server_silent' : 'holder_silent'
}
