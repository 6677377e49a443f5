/** Where visitors were sent, from the desks' facts alone: to a counter by name, to any counter of a service, and with which way back. */
import type { EventBody, GrantNo, ReturnsTo } from '#domain/events.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import type { Heard, TakenIn } from '#tests/sim/tracker.ts'

/** `counterId` null: whoever serves it may have it. `known`: how far the server was when it had heard of it; null before that. */
type Sent = {
  counterId: string | null
  wayBack: ReturnsTo | undefined
  generation: number
  seq: number
  known: TakenIn | null
}

/** How far the server has a desk's chain. */
type Head = { deviceId: string; generation: number; seq: number }

type Opened = { grant: GrantNo; wayBack: ReturnsTo | undefined }

export class RouteWatch {
  /** Entry -> desk -> how that desk sent the visitor there. Who lost against another desk's act may have sent them elsewhere. */
  readonly #sent = new Map<string, Map<string, Sent>>()
  /** Desk and entry -> the way back that it was opened with there. */
  readonly #openedWith = new Map<string, Opened>()

  fact(name: string, key: string, event: EventBody, heard: Heard): void {
    const { device } = event
    const [visitId, entryNo] = key.split('/')
    const next = `${visitId}/${Number(entryNo) + 1}`
    switch (event.type) {
      case 'entry.called':
      case 'entry.presented': {
        const opened = { grant: event.data.grant, wayBack: event.data.returnsTo }
        if (event.type === 'entry.called') this.#checkPromise(name, key, opened, `${device} ${key}`, heard)
        this.#openedWith.set(`${device} ${key}`, opened)
        return
      }
      case 'entry.transferred':
        this.#send(next, event, event.data.toCounterId, event.data.returnsTo)
        return
      case 'entry.forwarded':
        this.#send(next, event, null, event.data.returnsTo)
        return
      case 'entry.give_away_undone':
        this.#sent.get(next)?.delete(device)
        return
      case 'entry.completed':
        this.#checkWayBack(name, this.#openedWith.get(`${device} ${key}`)?.wayBack, event)
        if (event.data.returnsTo) this.#send(next, event, event.data.returnsTo.counterId, undefined)
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

  /** Whether the server, which has this chain so far, has news of where visitors were sent. */
  isNews(head: Head): boolean {
    return this.#unknown(head).length > 0
  }

  serverKnows(head: Head, known: TakenIn): void {
    for (const sent of this.#unknown(head)) sent.known = known
  }

  /** The server was restored: it hears of all of it again. */
  serverForgets(): void {
    for (const ways of this.#sent.values()) for (const sent of ways.values()) sent.known = null
  }

  #unknown({ deviceId, generation, seq }: Head): Sent[] {
    const ofDesk = [...this.#sent.values()].flatMap((ways) => ways.get(deviceId) ?? [])
    return ofDesk.filter((sent) => sent.known === null && sent.generation === generation && sent.seq <= seq)
  }

  #send(key: string, { device, generation, seq }: EventBody, counterId: string | null, wayBack: ReturnsTo | undefined) {
    const all = this.#sent.get(key) ?? new Map<string, Sent>()
    this.#sent.set(key, all.set(device, { counterId, wayBack, generation, seq, known: null }))
  }

  /** Whoever calls the next entry knows of the way back that was promised, unless nobody could have told. */
  #checkPromise(name: string, key: string, opened: Opened, place: string, heard: Heard): void {
    const sent = [...(this.#sent.get(key)?.values() ?? [])]
    const promised = sent.map(({ wayBack }) => textOf(wayBack))
    if (promised.length === 0 || promised.includes(textOf(opened.wayBack))) return
    const before = this.#openedWith.get(place)
    // Opened once, it goes on as it was opened.
    const goesOn = before?.grant.incarnation === opened.grant.incarnation && before.grant.n === opened.grant.n
    if (goesOn ? textOf(before.wayBack) === textOf(opened.wayBack) : !couldKnow(sent, opened.grant, heard)) return
    throw new InvariantBroken(
      'WAY_BACK_LOST',
      `${name} was sent with ${promised.join(', ')}, called with ${textOf(opened.wayBack)}`,
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

/** Granted by a server that had heard of it, or granted before, and the desk has read since that it is asked back. */
function couldKnow(sent: readonly Sent[], grant: GrantNo, heard: Heard): boolean {
  return sent.every(({ known }) => {
    if (known?.incarnation !== grant.incarnation) return false
    return grant.n > known.grant || (heard.incarnation === known.incarnation && heard.cursor >= known.change)
  })
}

function textOf(wayBack: ReturnsTo | undefined): string {
  return wayBack ? `${wayBack.serviceId} at ${wayBack.counterId}` : 'no way back'
}
