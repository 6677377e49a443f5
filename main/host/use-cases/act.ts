/** What every act of an officer has in common: one transaction decides, writes the fact and what must be durable with it. */
import type { Result } from '#contract/desk-api.ts'
import type { StoredEvent } from '#db/repositories/events.ts'
import { decide } from '#domain/desk.ts'
import type { DeskCommand, DeskRefusal } from '#domain/desk-command.ts'
import type { Entry } from '#domain/entry.ts'
import type { EntryRef } from '#domain/events.ts'
import type { HostContext } from '#main/host/context.ts'
import { readDeskState } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'

const DONE = { ok: true, data: {} } as const

/** The rest decides on the first of each class. */
const WHOLE_HAND: readonly DeskCommand['kind'][] = ['closeCounter', 'chooseServices', 'release']

type Acted<C extends string = never> = Result<Record<never, never>, DeskRefusal | C>
type PlainCommand = Exclude<DeskCommand, { kind: 'present' }>

/** `refusal` is asked first, but not of a repeated command. */
export function act<C extends string = never>(
  context: HostContext,
  commandId: string,
  command: PlainCommand,
  refusal?: () => C | null,
): Acted<C> {
  return actAndKeep(context, commandId, () => command, undefined, refusal).result
}

/** An act that names more than one entry: `read` looks at them in the transaction that decides. */
export function actReading(context: HostContext, commandId: string, read: () => PlainCommand): Acted {
  return actAndKeep(context, commandId, read).result
}

/** An act on an entry, with what belongs to it: papers, texts. `refusal` is asked first, but not of a repeated command. */
export function actTogether<C extends string>(
  context: HostContext,
  commandId: string,
  command: PlainCommand & EntryRef,
  together: (after: Entry) => void,
  refusal: () => C | null,
): Acted<C> {
  return actAndKeep(context, commandId, () => command, together, refusal).result
}

/** An act by which the entry leaves this desk: the server hears of it a little later, so that it may be taken back. */
export function giveAway<C extends string = never>(
  context: HostContext,
  commandId: string,
  command: PlainCommand & EntryRef,
  together?: (after: Entry) => void,
  refusal?: () => C | null,
): Acted<C> {
  const { result, stored } = actAndKeep(context, commandId, () => command, together, refusal)
  const last = stored.at(-1)
  if (last) context.withhold.begin(last)
  return result
}

function actAndKeep<C extends string = never>(
  context: HostContext,
  commandId: string,
  read: () => PlainCommand,
  together?: (after: Entry) => void,
  refusal?: () => C | null,
): { result: Acted<C>; stored: StoredEvent[] } {
  let stored: StoredEvent[] = []
  const result = runCommand<Record<never, never>, DeskRefusal | C>(context, commandId, () => {
    const code = refusal?.() ?? null
    if (code !== null) return { ok: false, code }
    const command = read()
    const ref = 'visitId' in command ? command : null
    const needsWholeHand = WHOLE_HAND.includes(command.kind)
    const state = readDeskState(context, ref, needsWholeHand)
    const decision = decide(state, command)
    if (!decision.ok) return decision
    stored = recordFacts(context, decision.facts, state.officerId)
    const after = ref && context.repositories.entries.get(ref)
    if (after) together?.(after)
    return DONE
  })
  return { result, stored }
}
