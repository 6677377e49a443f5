/** A workstation reduced to its wire: enrolled, introduced, with its own chain and hand, and no store or screen. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import type { WireEvent } from '#contract/events.ts'
import { HEARTBEAT_MS, LINK_PATH, PROTOCOL, PUSH_LIMIT } from '#contract/wire/agreed.ts'
import type { Change } from '#contract/wire/changes.ts'
import type { EnrolReply } from '#contract/wire/enrolment.ts'
import type { Grant, ImproveReply, OpenCounterReply } from '#contract/wire/hands.ts'
import type { HelloReply } from '#contract/wire/hello.ts'
import type { PushReply } from '#contract/wire/push.ts'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash } from '#domain/chain.ts'
import type { Fact, GrantNo, PriorityGroup } from '#domain/events.ts'
import { createHttp, type Http } from '#main/host/sync/http.ts'
import { createLink, type Link } from '#main/host/sync/link.ts'
import { OFFICER, today } from '#tests/bench/product/mall.ts'
import { Wire, WireRefusal } from '#tests/bench/product/wire.ts'
import { sha256 } from '#tests/support/sha256.ts'

export type EntryRef = { visitId: string; entryNo: number }
/** Longer than any answer takes: a slow one is measured, not given up. */
const ANSWER_MS = 10_000

type ChangeListener = (change: Change, text: string) => void

export class Device {
  readonly enrolment: EnrolReply
  /** Held entries by visit and entry number, in the order in which they were granted. */
  readonly hand = new Map<string, Grant>()
  readonly #wire: Wire
  readonly #stream: Wire
  readonly #http: Http
  readonly #link: Link
  #listen: ChangeListener = () => {}
  #hello: HelloReply | null = null
  #unsent: WireEvent[] = []
  /** One piece of the chain at a time. */
  #pushing: Promise<void> = Promise.resolve()
  readonly #opened = new Set<string>()
  /** The last grant that was given back, or asked back before it came: the same one is not taken afterwards. */
  readonly #gone = new Map<string, GrantNo>()
  #seq = 0
  #headHash: string = GENESIS
  #acked = { seq: 0, hash: GENESIS as string }
  #epoch: number | null = null
  #heartbeat: NodeJS.Timeout | undefined

  static async enrol(url: string, code: string): Promise<Device> {
    const wire = new Wire(url)
    return Device.known(url, await wire.post<EnrolReply>('/v1/enrolments', null, { code, deviceName: 'PC ukur' }), wire)
  }

  /** A device that is enrolled already, at its first hello. */
  static async known(url: string, enrolment: EnrolReply, wire = new Wire(url)): Promise<Device> {
    const device = new Device(url, wire, enrolment)
    await device.hello()
    return device
  }

  private constructor(url: string, wire: Wire, enrolment: EnrolReply) {
    this.#wire = wire
    this.#stream = new Wire(url)
    this.#http = createHttp(new URL(url), null)
    const headers = { authorization: `Bearer ${enrolment.token}` }
    this.#link = createLink(
      () => this.#http.openSocket(LINK_PATH, headers),
      () => {},
    )
    this.enrolment = enrolment
  }

  async hello(): Promise<void> {
    const known = this.#hello
    const body = {
      protocol: PROTOCOL,
      generation: this.enrolment.generation,
      nonce: known?.nonce ?? null,
      incarnation: known?.incarnation ?? 0,
      headSeq: this.#seq,
      askedAt: null,
      signedHead: null,
    }
    try {
      this.#hello = await this.post<HelloReply>('/v1/hello', body)
    } catch (error) {
      // A server from before there was a hello.
      if (!(error instanceof WireRefusal && error.status === 404)) throw error
    }
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#wire.post<T>(path, this.enrolment.token, body)
  }

  /** Over the link, as a desk asks; by HTTP until it is open. */
  async ask<T>(path: string, body: unknown): Promise<T> {
    const reply = await this.#link.send(path, body, ANSWER_MS)
    if (!reply) return this.post<T>(path, body)
    if (reply.status !== 200) throw new WireRefusal(path, reply.status, JSON.stringify(reply.body))
    return reply.body as T
  }

  /** From now on nothing is asked by HTTP. */
  async openLink(): Promise<void> {
    while (!(await this.#link.send('/', null, ANSWER_MS))) await delay(5)
  }

  get counterId(): string | null {
    return this.enrolment.role.kind === 'counter' ? this.enrolment.role.counterId : null
  }

  /** Opens the counter. `isHealthy` says every 5 s that it is there, so that others may recall from its hand. */
  async open({ isHealthy = true } = {}): Promise<void> {
    const { counterId, epoch } = await this.post<z.infer<typeof OpenCounterReply>>('/v1/counters/open', {})
    this.#epoch = epoch
    this.record({ type: 'counter.opened', data: { counterId, epoch } })
    await this.push()
    if (!isHealthy || !this.#hello) return
    await this.beat()
    this.#heartbeat = setInterval(() => void this.beat().catch(() => {}), HEARTBEAT_MS)
  }

  beat(): Promise<unknown> {
    return this.ask('/v1/heartbeats', { incarnation: this.#hello?.incarnation, epoch: this.#epoch })
  }

  async closeCounter(): Promise<void> {
    clearInterval(this.#heartbeat)
    if (this.counterId) {
      this.record({ type: 'counter.closed', data: { counterId: this.counterId, epoch: this.#epoch ?? 1 } })
      await this.push()
    }
  }

  record(fact: Fact): WireEvent {
    const seq = this.#seq + 1
    const envelope = {
      v: 1,
      device: this.enrolment.deviceId,
      generation: this.enrolment.generation,
      seq,
      at: Date.now(),
      offset: 0,
      counterId: this.counterId,
      epoch: this.#epoch,
      officerId: OFFICER.officerId,
    }
    const body = canonicalJson({ ...envelope, ...fact } as unknown as CanonicalValue)
    const event = { seq, hash: linkHash(sha256, this.#headHash, body), body }
    this.#unsent.push(event)
    this.#seq = seq
    this.#headHash = event.hash
    return event
  }

  /** Sends everything recorded. Throws when the server flags any of it: these devices do nothing wrong. */
  push(): Promise<void> {
    this.#pushing = this.#pushing.then(() => this.#pushAll())
    return this.#pushing
  }

  async #pushAll(): Promise<void> {
    while (this.#unsent.length > 0) {
      const events = this.#unsent.slice(0, PUSH_LIMIT)
      const reply = await this.post<PushReply>('/v1/events', {
        generation: this.enrolment.generation,
        fromSeq: this.#acked.seq + 1,
        prevHash: this.#acked.hash,
        events,
      })
      if (reply.findings.length > 0) throw new Error(`flagged: ${JSON.stringify(reply.findings.slice(0, 3))}`)
      this.#unsent = this.#unsent.slice(events.length)
      this.#acked = { seq: reply.ackedSeq, hash: reply.headHash }
    }
  }

  issue(label: string, serviceId: string, priority: PriorityGroup | null): void {
    const data = { visitId: randomUUID(), label, businessDate: today(), serviceId, priority, journeyId: null }
    this.record({ type: 'visit.issued', data })
  }

  async improve(): Promise<Grant[]> {
    const { grants } = await this.ask<z.infer<typeof ImproveReply>>('/v1/hands/improve', { epoch: this.#epoch })
    for (const grant of grants) this.take(grant)
    return grants
  }

  take(grant: Grant): void {
    const key = keyOf(grant)
    const gone = this.#gone.get(key)
    // It comes by the answer and by the stream, in either order.
    if (!this.#opened.has(key) && (!gone || isNewer(grant.grant, gone))) this.hand.set(key, grant)
  }

  call(grant: Grant): WireEvent {
    const { order: _order, ...data } = grant
    this.hand.delete(keyOf(grant))
    this.#opened.add(keyOf(grant))
    return this.record({ type: 'entry.called', data })
  }

  release({ visitId, entryNo, grant }: Grant): void {
    this.hand.delete(keyOf({ visitId, entryNo }))
    this.#gone.set(keyOf({ visitId, entryNo }), grant)
    this.record({ type: 'entry.released', data: { visitId, entryNo, grant } })
  }

  /** What was asked back and is not opened is given back: first the fact, then the answer that does not wait for its push. */
  async #answer({ visitId, entryNo, grant }: EntryRef & { grant: GrantNo }): Promise<void> {
    const key = keyOf({ visitId, entryNo })
    const held = this.hand.get(key)
    const answer = held ? 'released' : this.#opened.has(key) ? 'in_service' : 'never_seen'
    if (held) this.release(held)
    if (answer === 'never_seen') this.#gone.set(key, grant)
    await this.ask('/v1/recalls/answers', { visitId, entryNo, grant, answer })
    await this.push()
  }

  /** Follows the server's changes: grants go into the hand, everything goes to `listen`. Resolves when caught up. */
  async follow(listen: ChangeListener = () => {}): Promise<void> {
    this.#listen = listen
    await new Promise<void>((resolve, reject) => {
      const onChange: ChangeListener = (change, text) => {
        if (change.kind === 'granted') this.take(change.grant)
        else if (change.kind === 'superseded') this.hand.delete(keyOf(change))
        else if (change.kind === 'recalled') this.#answer(change).catch(reject)
        else if (change.kind === 'caught_up') resolve()
        this.#listen(change, text)
      }
      this.#stream.follow(this.enrolment.token, onChange).catch(reject)
    })
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat)
    this.#link.close()
    await Promise.all([this.#wire.close(), this.#stream.close(), this.#http.close()])
  }
}

const isNewer = (a: GrantNo, b: GrantNo): boolean => (a.incarnation - b.incarnation || a.n - b.n) > 0

export const keyOf = ({ visitId, entryNo }: EntryRef): string => `${visitId}/${entryNo}`
