/** The whole mall: server, workstations, the wires between them, time, and who watches. */
import { join } from 'node:path'
import type { z } from 'zod'
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { WireErrorCode } from '#contract/wire/errors.ts'
import type { PushReply, PushRequest } from '#contract/wire/push.ts'
import { businessDate } from '#domain/business-date.ts'
import type { EventBody } from '#domain/events.ts'
import { recordFacts } from '#main/host/record.ts'
import { MallError } from '#main/host/sync/mall-client.ts'
import { takeSeat } from '#main/host/use-cases/officer-session.ts'
import { Counts } from '#tests/sim/counts.ts'
import { DeskNode } from '#tests/sim/desk-node.ts'
import { History } from '#tests/sim/history.ts'
import { Network } from '#tests/sim/network.ts'
import type { Random } from '#tests/sim/random.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import { REPORT_NAMES } from '#tests/sim/report-names.ts'
import { countRows } from '#tests/sim/rows.ts'
import { ServerNode } from '#tests/sim/server-node.ts'
import type { Reply, RequestKind, SimServer } from '#tests/sim/server-parts.ts'
import { SessionWatch } from '#tests/sim/session-watch.ts'
import { configOf, PLACES, ZONE } from '#tests/sim/sim-mall.ts'
import { Tracker } from '#tests/sim/tracker.ts'
import { settle, VirtualTime } from '#tests/sim/virtual-time.ts'

/** How far a desk's time may lag: the answer that brings it was under way for at most as long as hello waits. */
const LATE_MS = 10_000

export class World {
  readonly random: Random
  readonly time: VirtualTime
  readonly network = new Network()
  readonly history = new History()
  readonly counts = new Counts(REPORT_NAMES)
  readonly tracker = new Tracker()
  readonly sessions = new SessionWatch()
  readonly server: ServerNode
  readonly desks: readonly DeskNode[]
  /** Version of the configuration that the server has. */
  configVersion = 1
  /** Texts of all slips that were printed so far. */
  readonly slips: string[] = []

  constructor(random: Random, folder: string, start: number) {
    this.random = random
    this.time = new VirtualTime(start)
    this.server = new ServerNode(this, join(folder, 'server'))
    this.desks = PLACES.map((place) => new DeskNode(this, place, join(folder, place.name)))
  }

  /** Desks whose disk was put back and that nobody has readmitted yet. */
  readonly restored = new Set<string>()
  /** Highest seq the server has acknowledged, by desk and generation, since it last lost its memory. */
  readonly #acknowledged = new Map<string, { desk: DeskNode; generation: number; seq: number }>()
  /** What is found now was written after this moment. */
  #watchedAt = 0
  /** The first thing that broke while something ran beside the scheduler. */
  failure: unknown = null

  get config(): DeviceConfig {
    return configOf(this.configVersion)
  }

  get today(): string {
    return businessDate(this.time.now, ZONE)
  }

  note(who: string, what: string): void {
    this.history.add(who, what)
  }

  async advance(ms: number): Promise<void> {
    await this.time.advanceTo(this.time.now + ms, settle)
    await settle()
  }

  /** Facts and hands of all desks as they are committed now. Throws InvariantBroken. */
  watch(): void {
    const changed = this.desks.filter((desk) => desk.hasChanged())
    for (const desk of changed) {
      const facts = desk.newFacts()
      const device = desk.running?.repositories.device.get()
      const heard = { incarnation: device?.incarnation ?? 0, cursor: device?.cursor ?? 0 }
      for (const event of facts) {
        this.note(desk.name, `fact ${event.seq} ${event.type} ${this.#subjectOf(event)}`)
        // A PC that was booted anew and has not connected has only its own clock to go by.
        const isTold = desk.boot === 1
        const today = isTold ? this.today : ''
        const atLeast = isTold ? businessDate(this.#watchedAt - LATE_MS, ZONE) : ''
        this.tracker.fact(desk.name, event, { isInDoubt: desk.isInDoubt, today, atLeast, heard })
        countRows(this, desk, event)
        if (event.type === 'entry.give_away_undone') this.#takeSlipBack(event.data)
      }
      const session = desk.running?.repositories.desk.get()
      if (session) this.sessions.check(desk.name, facts, { held: desk.held(), history: session.history }, this.tracker)
      this.slips.push(...desk.newSlips())
      this.tracker.setCustody(desk.name, desk.custody())
    }
    for (const desk of changed) this.tracker.checkCustody(desk.name)
    this.#watchedAt = this.time.now
  }

  /** The visitor is still at the desk when the officer takes a forward back, and hands the new slip over again. */
  #takeSlipBack({ visitId, toEntryNo }: { visitId: string; toEntryNo: number }): void {
    const kept = this.slips.filter((text) => !text.startsWith(`LOKET2;${visitId};${toEntryNo};`))
    this.slips.splice(0, this.slips.length, ...kept)
  }

  #subjectOf({ data }: EventBody): string {
    if ('entryNo' in data) return this.tracker.name(`${data.visitId}/${data.entryNo}`)
    return 'label' in data ? data.label : ''
  }

  /** Runs beside the scheduler; what breaks in it breaks the run. A crash abandons it silently. */
  run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof Abandoned)) this.failure ??= error
    })
  }

  /** Sends a request to the server. Rejects with MallError; never settles when the desk dies meanwhile. */
  ask<T extends z.ZodType>(
    desk: DeskNode,
    kind: RequestKind,
    body: unknown,
    timeoutMs: number,
    shape: T,
  ): Promise<z.output<T>> {
    const { life } = desk
    return new Promise((resolve, reject) => {
      let isOpen = true
      const settleOnce = (how: () => void) => {
        if (isOpen && desk.life === life) how()
        isOpen = false
      }
      const timer = setTimeout(
        () => settleOnce(() => reject(new MallError('UNREACHABLE', `${kind}: no answer`))),
        timeoutMs,
      )
      const answer = (reply: Reply) => {
        clearTimeout(timer)
        if (reply.ok) settleOnce(() => resolve(shape.parse(reply.body)))
        else settleOnce(() => reject(new MallError(reply.code as WireErrorCode, kind)))
      }
      const request = structuredClone(body)
      this.send(desk.name, 'server', kind, () => {
        const { server } = this
        const serverLife = server.life
        const { running } = server
        // Nobody listens there: the connection is refused at once.
        if (!running)
          return this.send('server', desk.name, `${kind}: refused`, () => answer({ ok: false, code: 'UNREACHABLE' }))
        const work = async () => {
          const reply = await running.handle(kind, desk.place.deviceId, request)
          if (server.life !== serverLife) return
          if (kind === 'push') await this.#noteTakenBack(running)
          if (kind === 'push' && reply.ok)
            await this.#noteSent(running, desk, request as PushRequest, reply.body as PushReply)
          this.send(
            'server',
            desk.name,
            reply.ok ? `${kind}: ${JSON.stringify(reply.body, withoutSecrets).slice(0, 90)}` : `${kind}: ${reply.code}`,
            () => answer(reply),
          )
        }
        // What a dying server was about to say is never heard.
        this.run(work().catch((error: unknown) => (server.life === serverLife ? Promise.reject(error) : undefined)))
      })
    })
  }

  /** What the server knows from now on of numbers that were taken back. */
  async #noteTakenBack(server: SimServer): Promise<void> {
    const unknown = [...this.tracker.takenBack].filter((visitId) => !this.tracker.isKnownTakenBack(visitId))
    if (unknown.length === 0) return
    for (const { visitId, known } of await server.takenBack(unknown)) this.tracker.serverKnowsTakenBack(visitId, known)
  }

  /** Where this desk sent visitors, as far as the server has its facts from now on. */
  async #noteSent(server: SimServer, { place }: DeskNode, { generation }: PushRequest, { ackedSeq }: PushReply) {
    const head = { deviceId: place.deviceId, generation, seq: ackedSeq }
    if (this.tracker.routes.isNews(head)) this.tracker.routes.serverKnows(head, await server.newest())
  }

  send(from: string, to: string, text: string, deliver: () => void, lost?: () => void): void {
    this.network.send({ from, to, text, sentAt: this.time.now, deliver, ...(lost ? { lost } : {}) })
  }

  /** Entries that this desk set aside in some status. */
  aside(desk: DeskNode, status: 'on_hold' | 'no_show'): { visitId: string; entryNo: number }[] {
    return desk.custody().flatMap(({ key, how }) => {
      const [visitId = '', entryNo] = key.split('/')
      return how === status ? [{ visitId, entryNo: Number(entryNo) }] : []
    })
  }

  /** An officer takes over. The PIN itself is proven elsewhere: here it would only be slow. */
  signIn(desk: DeskNode): string {
    if (!desk.running) throw new Abandoned(desk.name)
    const { store, repositories, context } = desk.running
    const before = repositories.desk.get().officerId
    const next = this.random.pick(['ayu', 'made'])
    store.transaction(() => {
      recordFacts(context, takeSeat(context, next), next)
      repositories.desk.set({ launchId: context.launchId })
    })
    return `${before ?? 'nobody'} -> ${next}`
  }

  /** What a command answered: some answers are rows of the failure table. */
  told(desk: DeskNode, name: string, result: { ok: boolean; code?: string }): void {
    const isCut = desk.phase !== 'on'
    if (result.ok && isCut && name === 'queue.callNext') this.counts.add('row.server_down_hand_played')
    if (result.ok && isCut && name === 'queue.present') this.counts.add('row.server_down_slip_presented')
    if (result.ok && isCut && name === 'visit.issueHere') this.counts.add('row.server_down_own_series')
    if (result.ok && isCut && name === 'queue.forward') this.counts.add('row.forwarded_while_cut_off')
    if (!result.ok && name === 'queue.present' && result.code?.startsWith('SLIP_')) this.counts.add('row.slip_refused')
  }

  acknowledged(desk: DeskNode, generation: number, seq: number): void {
    const key = `${desk.name} ${generation}`
    const before = this.#acknowledged.get(key)?.seq ?? 0
    this.#acknowledged.set(key, { desk, generation, seq: Math.max(seq, before) })
  }

  acknowledgedOf(desk: DeskNode, generation: number): number {
    return this.#acknowledged.get(`${desk.name} ${generation}`)?.seq ?? 0
  }

  forgetAcknowledged(): void {
    this.#acknowledged.clear()
  }

  forgetAcknowledgedOf(desk: DeskNode): void {
    for (const [key, one] of this.#acknowledged) if (one.desk === desk) this.#acknowledged.delete(key)
  }

  /** A server that lost no disk still has what it acknowledged. */
  async checkAcknowledged(): Promise<void> {
    for (const { desk, generation, seq } of this.#acknowledged.values()) {
      const head = (await this.server.running?.headSeq(desk.place.deviceId, generation)) ?? 0
      if (head < seq) {
        throw new InvariantBroken(
          'ACKNOWLEDGED_LOST',
          `${desk.name} generation ${generation}: ${seq} was acknowledged, ${head} is stored`,
        )
      }
    }
  }

  /** Two custodians of what this desk has, had, or is believed to have are nobody's fault from now on. */
  async excuseAllOf(desk: DeskNode): Promise<void> {
    const believed = (await this.server.running?.heldBy(desk.place.deviceId)) ?? []
    const own = [...desk.custody(), ...this.tracker.custodyOf(desk.name)].map(({ key }) => key)
    for (const key of [...own, ...believed]) {
      this.tracker.excuse(key)
      this.tracker.claims.overrule(key)
    }
  }
}

/** What was under way when a desk died. */
export class Abandoned extends Error {}

/** Random in every run, and nobody who reads a history needs them. */
function withoutSecrets(key: string, value: unknown): unknown {
  return ['nonce', 'sealed', 'keyId', 'signature'].includes(key) ? undefined : value
}
