import type { Fact } from '#domain/events.ts'

/** Every type that this server takes in; the compiler keeps the list complete. */
const FACT_TYPES: Readonly<Record<Fact['type'], true>> = {
  'visit.issued': true,
  'visit.issued_here': true,
  'entry.called': true,
  'entry.presented': true,
  'entry.called_again': true,
  'entry.called_back': true,
  'entry.call_undone': true,
  'entry.returned': true,
  'entry.held': true,
  'entry.resumed': true,
  'entry.cancelled': true,
  'entry.serving': true,
  'entry.completed': true,
  'entry.forwarded': true,
  'entry.transferred': true,
  'entry.give_away_undone': true,
  'entry.no_show': true,
  'entry.released': true,
  'entry.release_undone': true,
  'entry.expired': true,
  'entry.superseded': true,
  'counter.opened': true,
  'counter.closed': true,
  'counter.paused': true,
  'counter.resumed': true,
  'counter.profile_changed': true,
  'counter.services_chosen': true,
  'officer.signed_in': true,
  'officer.signed_out': true,
}

export function isKnownType(type: string): boolean {
  return Object.hasOwn(FACT_TYPES, type)
}
