/**
 * Who must win when two desks acted on one entry: the rule of docs/hands-and-facts.md once more, from the desks' facts alone and
 * without the product's own comparison. So a rule that is wrong everywhere alike shows all the same.
 */
import type { EventBody } from '#domain/events.ts'
import { InvariantBroken } from '#tests/sim/report.ts'

type Claim = { deviceId: string; strength: number; incarnation: number; n: number }

/** Arrival confirmed 3, presented 2, called 1. */
const REACHED: Readonly<Record<string, number>> = {
  'entry.called': 1,
  'entry.presented': 2,
  'entry.serving': 3,
  'entry.resumed': 3,
}
const LETTING_GO = new Set(['entry.released', 'entry.superseded'])

export class ClaimWatch {
  /** Entry -> device -> what its own log claims now. */
  readonly #claims = new Map<string, Map<string, Claim>>()
  /** The same, at its highest ever. */
  readonly #highest = new Map<string, Map<string, Claim>>()
  /** A person decided about these entries, or a history about them was lost: no log tells who wins. */
  readonly #overruled = new Set<string>()

  overrule(key: string): void {
    this.#overruled.add(key)
  }

  fact(name: string, key: string, event: EventBody): void {
    if (event.type === 'entry.superseded') this.#checkGivingWay(name, key, event.device)
    const own = this.#claims.get(key)?.get(event.device)
    const reached = REACHED[event.type] ?? 0
    if (LETTING_GO.has(event.type)) {
      if (own) this.#put(key, { ...own, strength: 0 })
    } else if (event.type === 'entry.called' || event.type === 'entry.presented') {
      const strength = Math.max(own?.strength ?? 0, reached)
      this.#put(key, { deviceId: event.device, strength, ...event.data.grant })
    } else if (own && reached > own.strength) this.#put(key, { ...own, strength: reached })
  }

  #put(key: string, claim: Claim): void {
    ofEntry(this.#claims, key).set(claim.deviceId, claim)
    const highest = ofEntry(this.#highest, key)
    const before = highest.get(claim.deviceId)
    if (!before || beats(claim, before)) highest.set(claim.deviceId, claim)
  }

  /** What a desk is told of another's claim is at most what that one ever claimed: only a stronger one makes it give way. */
  #checkGivingWay(name: string, key: string, deviceId: string): void {
    const own = this.#claims.get(key)?.get(deviceId)
    if (!own || this.#overruled.has(key)) return
    const others = [...(this.#highest.get(key)?.values() ?? [])].filter((claim) => claim.deviceId !== deviceId)
    if (others.some((claim) => beats(claim, own))) return
    throw new InvariantBroken('GAVE_WAY_TO_WEAKER', `${name}: ${textOf(own)} before ${others.map(textOf).join(', ')}`)
  }

  /** When every fact has arrived: the winner that the server names has the strongest of the claims that still stand. */
  checkWinner(name: string, key: string, winnerDeviceId: string | null): void {
    if (this.#overruled.has(key)) return
    const standing = [...(this.#claims.get(key)?.values() ?? [])].filter(({ strength }) => strength > 0)
    const [strongest] = standing.toSorted((a, b) => (beats(a, b) ? -1 : 1))
    if ((strongest?.deviceId ?? null) === winnerDeviceId) return
    throw new InvariantBroken('WRONG_WINNER', `${name}: ${winnerDeviceId} of ${standing.map(textOf).join(', ')}`)
  }
}

function ofEntry(all: Map<string, Map<string, Claim>>, key: string): Map<string, Claim> {
  const one = all.get(key) ?? new Map<string, Claim>()
  all.set(key, one)
  return one
}

function beats(a: Claim, b: Claim): boolean {
  if (a.strength !== b.strength) return a.strength > b.strength
  if (a.incarnation !== b.incarnation) return a.incarnation > b.incarnation
  if (a.n !== b.n) return a.n > b.n
  return a.deviceId > b.deviceId
}

function textOf({ deviceId, strength, incarnation, n }: Claim): string {
  return `${deviceId.slice(-1)} with ${strength} under ${incarnation}.${n}`
}
