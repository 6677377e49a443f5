/** What the desk decides, and the small pieces of which every decision is made. */
import type { DeskRefusal } from '#domain/desk-command.ts'
import type { EntryRef, Fact } from '#domain/events.ts'

export type Decision = { ok: true; facts: Fact[] } | { ok: false; code: DeskRefusal }

export function accept(...facts: Fact[]): Decision {
  return { ok: true, facts }
}

export function acceptOr(fact: Fact | null, code: DeskRefusal): Decision {
  return fact ? accept(fact) : refuse(code)
}

export function refuse(code: DeskRefusal): Decision {
  return { ok: false, code }
}

export function isSame(a: EntryRef, b: EntryRef): boolean {
  return a.visitId === b.visitId && a.entryNo === b.entryNo
}

export function refOf({ visitId, entryNo }: EntryRef): EntryRef {
  return { visitId, entryNo }
}

export function refAnd<R>({ visitId, entryNo }: EntryRef, reason: R): EntryRef & { reason: R } {
  return { visitId, entryNo, reason }
}
