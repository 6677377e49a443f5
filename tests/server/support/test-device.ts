/** A workstation reduced to its wire: an enrolled device with its own chain. */
import { randomUUID } from 'node:crypto'
import type { WireEvent } from '#contract/events.ts'
import type { Change } from '#contract/wire/changes.ts'
import { EnrolReply } from '#contract/wire/enrolment.ts'
import {
  type Grant,
  ImproveReply,
  OpenCounterReply,
  type RecallAnswerRequest,
  WantedReply,
} from '#contract/wire/hands.ts'
import { PushReply } from '#contract/wire/push.ts'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash } from '#domain/chain.ts'
import type { EventBody, Fact, GrantNo, OutOfOrderReason, PriorityGroup } from '#domain/events.ts'
import { ChangeReader } from '#tests/server/support/change-reader.ts'
import { type Answer, request } from '#tests/server/support/http.ts'
import { sha256 } from '#tests/support/sha256.ts'

type Ref = { visitId: string; entryNo: number }

export class TestDevice {
  readonly enrolment: EnrolReply
  readonly chain: WireEvent[] = []
  epoch: number | null = null
  offset: number | null = 0
  #sent = 0
  #url: string
  readonly #now: () => number

  static async enrol(url: string, code: string, now: () => number): Promise<TestDevice> {
    const { body } = await request(`${url}/v1/enrolments`, { body: { code, deviceName: 'PC uji' } })
    return new TestDevice(url, EnrolReply.parse(body), now)
  }

  private constructor(url: string, enrolment: EnrolReply, now: () => number) {
    this.#url = url
    this.enrolment = enrolment
    this.#now = now
  }

  get id(): string {
    return this.enrolment.deviceId
  }

  get counterId(): string | null {
    return this.enrolment.role.kind === 'counter' ? this.enrolment.role.counterId : null
  }

  call(path: string, body?: unknown, method?: string): Promise<Answer> {
    return request(this.#url + path, { token: this.enrolment.token, body, ...(method ? { method } : {}) })
  }

  async open(): Promise<number> {
    const { body } = await this.call('/v1/counters/open', undefined, 'POST')
    const { counterId, epoch } = OpenCounterReply.parse(body)
    this.epoch = epoch
    await this.act({ type: 'counter.opened', data: { counterId, epoch } })
    return epoch
  }

  async improve(): Promise<Grant[]> {
    const { body } = await this.call('/v1/hands/improve', { epoch: this.epoch })
    return ImproveReply.parse(body).grants
  }

  /** Asks for one entry by name, as the route answers. */
  async want({ visitId, entryNo }: Ref): Promise<WantedReply> {
    const { body } = await this.call('/v1/hands/wanted', { epoch: this.epoch, visitId, entryNo })
    return WantedReply.parse(body)
  }

  /** Appends a fact to the device's chain; `over` changes the envelope. */
  record(fact: Fact, over: Partial<EventBody> = {}): WireEvent {
    const body = {
      v: 1,
      device: this.id,
      generation: this.enrolment.generation,
      seq: this.chain.length + 1,
      at: this.#now(),
      offset: this.offset,
      counterId: this.counterId,
      epoch: this.epoch,
      officerId: 'made',
      ...fact,
      ...over,
    }
    return this.recordText(canonicalJson(body as unknown as CanonicalValue))
  }

  recordText(body: string): WireEvent {
    const event = { seq: this.chain.length + 1, hash: linkHash(sha256, this.chain.at(-1)?.hash ?? GENESIS, body), body }
    this.chain.push(event)
    return event
  }

  /** A server that moved, or came back with a backup: goes on pushing behind what that server has. */
  reconnect(url: string, ackedSeq: number): void {
    this.#url = url
    this.#sent = ackedSeq
  }

  /** After a supervisor settled a doubt: a new chain. The one before is not kept here. */
  beginGeneration(generation: number): void {
    this.enrolment.generation = generation
    this.chain.length = 0
    this.#sent = 0
    this.epoch = null
  }

  /** The piece of the chain from `fromSeq` to `toSeq`, as it is pushed. */
  piece(fromSeq: number, toSeq = this.chain.length) {
    const prevHash = this.chain[fromSeq - 2]?.hash ?? GENESIS
    return { generation: this.enrolment.generation, fromSeq, prevHash, events: this.chain.slice(fromSeq - 1, toSeq) }
  }

  async push(): Promise<PushReply> {
    const { body } = await this.call('/v1/events', this.piece(this.#sent + 1))
    const reply = PushReply.parse(body)
    this.#sent = reply.ackedSeq
    return reply
  }

  /** Records one fact, pushes it and answers with its finding. */
  async act(fact: Fact, over: Partial<EventBody> = {}): Promise<string | null> {
    const { seq } = this.record(fact, over)
    return (await this.push()).findings.find((finding) => finding.seq === seq)?.code ?? null
  }

  recordIssue(
    label: string,
    serviceId: string,
    options: { priority?: PriorityGroup; journeyId?: string; date?: string; appointmentAt?: number } = {},
  ) {
    const visitId = randomUUID()
    const { priority = null, journeyId = null, date = '2026-11-16', appointmentAt } = options
    const visit = { visitId, label, businessDate: date, serviceId, priority, journeyId, appointmentAt }
    this.record({ type: 'visit.issued', data: visit })
    return visitId
  }

  async issue(...args: Parameters<TestDevice['recordIssue']>): Promise<string> {
    const visitId = this.recordIssue(...args)
    const { findings } = await this.push()
    if (findings.length > 0) throw new Error(`issue refused: ${JSON.stringify(findings)}`)
    return visitId
  }

  recordCall({ order: _order, ...data }: Grant, outOfOrder?: OutOfOrderReason): void {
    this.record({ type: 'entry.called', data: { ...data, outOfOrder } })
  }

  /** A slip shown at this desk, served under custody that the desk takes by itself unless a grant is given. */
  recordPresented({ order: _order, ...data }: Grant, grant?: GrantNo): void {
    const taken = grant ?? { incarnation: 0, n: this.chain.length + 1 }
    this.record({ type: 'entry.presented', data: { ...data, grant: taken, reason: 'server_silent' } })
  }

  recordReleased({ visitId, entryNo, grant }: Pick<Grant, 'visitId' | 'entryNo' | 'grant'>): void {
    this.record({ type: 'entry.released', data: { visitId, entryNo, grant } })
  }

  recordSession(act: 'opened' | 'closed' | 'resumed'): void {
    this.record({ type: `counter.${act}`, data: { counterId: this.counterId ?? '', epoch: this.epoch ?? 1 } })
  }

  recordPaused(): void {
    const data = { counterId: this.counterId ?? '', epoch: this.epoch ?? 1, reason: 'break' } as const
    this.record({ type: 'counter.paused', data })
  }

  recordChoice(...serviceIds: string[]): void {
    const data = { counterId: this.counterId ?? '', epoch: this.epoch ?? 1, serviceIds }
    this.record({ type: 'counter.services_chosen', data })
  }

  /** Answers a recall of what was granted. */
  answer(
    { visitId, entryNo, grant }: Pick<Grant, 'visitId' | 'entryNo' | 'grant'>,
    answer: RecallAnswerRequest['answer'],
  ) {
    return this.call('/v1/recalls/answers', { visitId, entryNo, grant, answer })
  }

  /** Asks for the entry of a slip, as the route answers. */
  async claim(
    slip: Pick<Grant, 'visitId' | 'entryNo' | 'label' | 'serviceId'>,
    { date = '2026-11-16', letGo }: { date?: string; letGo?: Grant['grant'] } = {},
  ) {
    const { visitId, entryNo, label, serviceId } = slip
    const of = { visitId, entryNo, label, serviceId, businessDate: date, issuedAt: this.#now(), priority: null, letGo }
    return (await this.call('/v1/claims', of)).body
  }

  recordServing(ref: Ref): void {
    this.record({ type: 'entry.serving', data: { visitId: ref.visitId, entryNo: ref.entryNo } })
  }

  recordDone({ visitId, entryNo }: Ref, ms = 60_000, payment: { paymentReference?: string } = {}): void {
    const served = { ms, estimated: false }
    this.record({ type: 'entry.completed', data: { visitId, entryNo, outcome: 'delivered', served, ...payment } })
  }

  recordForward(
    { visitId, entryNo }: Ref,
    toServiceId: string,
    handsOver: { key: string; valueHash: string } | null = null,
  ) {
    const data = { visitId, entryNo, toServiceId, toEntryNo: entryNo + 1, journeyId: null, served: null, handsOver }
    this.record({ type: 'entry.forwarded', data })
  }

  changes(lastEventId?: string): Promise<ChangeReader> {
    return ChangeReader.open(`${this.#url}/v1/changes`, this.enrolment.token, lastEventId)
  }

  /** All that the stream has told this device so far of one kind. */
  async told<K extends Change['kind']>(kind: K): Promise<Extract<Change, { kind: K }>[]> {
    const reader = await this.changes()
    const changes = await reader.untilCaughtUp()
    await reader.close()
    return changes.filter((change): change is Extract<Change, { kind: K }> => change.kind === kind)
  }

  /** Every grant that the stream has told this device so far. */
  async grants(): Promise<Grant[]> {
    return (await this.told('granted')).map(({ grant }) => grant)
  }
}
