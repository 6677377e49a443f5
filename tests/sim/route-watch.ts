/** Where visitors were sent, from the desks' facts alone: to a counter by name, to any counter of a service, and with which way back. */
import type { EventBody, ReturnsTo } from '#domain/events.ts'
import { InvariantBroken } from '#tests/sim/report.ts'

/** `counterId` null: whoever serves it may have it. */
type Sent = { counterId: string | null; wayBack: ReturnsTo | undefined }

export class RouteWatch {
  /** Entry -> desk -> how that desk sent the visitor there. Who lost against another desk's act may have sent them elsewhere. */
  readonly #sent = new Map<string, Map<string, Sent>>()
  /** Desk and entry -> the way back that it was opened with there. */
  readonly #openedWith = new Map<string, ReturnsTo | undefined>()

  fact(name: string, key: string, event: EventBody): void {
    const { device } = event
    const [visitId, entryNo] = key.split('/')
    const next = `${visitId}/${Number(entryNo) + 1}`
    switch (event.type) {
      case 'entry.called':
      case 'entry.presented':
        this.#openedWith.set(`${device} ${key}`, event.data.returnsTo)
        if (event.type === 'entry.called') this.#checkPromise(name, key, event.data.returnsTo)
        return
      case 'entry.transferred':
        this.#send(next, device, { counterId: event.data.toCounterId, wayBack: event.data.returnsTo })
        return
      case 'entry.forwarded':
        this.#send(next, device, { counterId: null, wayBack: event.data.returnsTo })
        return
      case 'entry.give_away_undone':
        this.#sent.get(next)?.delete(device)
        return
      case 'entry.completed':
        this.#checkWayBack(name, this.#openedWith.get(`${device} ${key}`), event)
        if (event.data.returnsTo)
          this.#send(next, device, { counterId: event.data.returnsTo.counterId, wayBack: undefined })
        return
      default:
    }
  }

  /** The only counters that may be dealt the entry; null when any may that serves it. */
  onlyFor(key: string): readonly string[] | null {
    const ways = [...(this.#sent.get(key)?.values() ?? [])].map(({ counterId }) => counterId)
    const named = ways.filter((counterId) => counterId !== null)
    return named.length > 0 && named.length === ways.length ? named : null
  }

  #send(key: string, device: string, sent: Sent): void {
    const all = this.#sent.get(key) ?? new Map<string, Sent>()
    this.#sent.set(key, all.set(device, sent))
  }

  /** Whoever calls the next entry knows of the way back that was promised. */
  #checkPromise(name: string, key: string, wayBack: ReturnsTo | undefined): void {
    const promised = [...(this.#sent.get(key)?.values() ?? [])].map((sent) => textOf(sent.wayBack))
    if (promised.length === 0 || promised.includes(textOf(wayBack))) return
    throw new InvariantBroken(
      'WAY_BACK_LOST',
      `${name} was sent with ${promised.join(', ')}, called with ${textOf(wayBack)}`,
    )
  }

  /** Completed elsewhere the visit goes back to where it was promised; there it is over. */
  #checkWayBack(
    name: string,
    promised: ReturnsTo | undefined,
    { counterId, data }: Extract<EventBody, { type: 'entry.completed' }>,
  ): void {
    const kept = promised?.counterId === counterId ? undefined : promised
    if (textOf(kept) === textOf(data.returnsTo)) return
    throw new InvariantBroken(
      'WAY_BACK_BROKEN',
      `${name}: promised ${textOf(kept)}, completed with ${textOf(data.returnsTo)}`,
    )
  }
}

function textOf(wayBack: ReturnsTo | undefined): string {
  return wayBack ? `${wayBack.serviceId} at ${wayBack.counterId}` : 'no way back'
}
