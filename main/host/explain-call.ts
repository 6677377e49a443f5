/** "Mengapa nomor ini?": which rule put an entry first, with the mall's numbers, for the screen to say in a sentence. */
import type { Why } from '#contract/snapshot.ts'
import type { HandEntry } from '#domain/desk-command.ts'
import type { Entry } from '#domain/entry.ts'
import { type Explanation, explainNext } from '#domain/rank.ts'
import type { HostContext } from '#main/host/context.ts'
import { rankPolicy } from '#main/host/desk-state.ts'

/** Of the entry of the own hand that would be called now; null when the hand is empty. */
export function whyNext(context: HostContext, hand: readonly HandEntry[]): Why | null {
  const next = explainNext(hand, context.repositories.desk.get().history, rankPolicy(context))
  return next && asWhy(context, next.entry, next)
}

/** Of the entry at the desk, as its own call says. */
export function whyCalled(context: HostContext, entry: Entry): Why {
  if (entry.turn === 'slip_shown') return asWhy(context, entry, { place: 'slip_shown', turn: null })
  const place = entry.rank?.by ?? 'waiting_time'
  return { ...asWhy(context, entry, { place, turn: entry.turn ?? null }), outOfOrder: entry.outOfOrder ?? null }
}

function asWhy(
  context: HostContext,
  { appointmentAt }: Pick<Entry, 'appointmentAt'>,
  { place, turn }: { place: Explanation['place'] | 'slip_shown'; turn: Explanation['turn'] },
): Why {
  const { regularPerPriority, ageingMs } = rankPolicy(context)
  return {
    ...{ place, turn, regularPerPriority },
    outOfOrder: null,
    appointmentAt: appointmentAt ?? null,
    ageingMinutes: Math.round(ageingMs / 60_000),
  }
}
