/**
 * Who an entry belongs to after all, when more than one counter acted on it: a slip presented during a cut, late events of a
 * reclaimed counter, a restored server. The winner is the same whatever order the facts arrive in.
 */
import type { GrantNo } from '#domain/events.ts'

/**
 * How far a counter got with an entry, at its highest: 0 not called, 1 called, 2 presented, 3 arrival confirmed. It never falls
 * while the counter keeps custody, so an older report of a claim is always a lower bound of the claim itself.
 */
export type Strength = 0 | 1 | 2 | 3
export const CALLED = 1
export const PRESENTED = 2
export const ARRIVED = 3

export type Claim = { strength: Strength; grant: GrantNo; deviceId: string }

/** Arrival confirmed > presented > called, then (incarnation, n), then the device id. Total: never both, never neither. */
export function outranks(a: Claim, b: Claim): boolean {
  if (a.strength !== b.strength) return a.strength > b.strength
  const grants = compareGrants(a.grant, b.grant)
  return grants === 0 ? a.deviceId > b.deviceId : grants > 0
}

/** Negative when `a` is the earlier grant, 0 when they are the same, positive when `a` is the later one. */
export function compareGrants(a: GrantNo, b: GrantNo): number {
  return a.incarnation - b.incarnation || a.n - b.n
}
