/** The sync engine: keeps one connection, pushes facts, and answers the use cases' MallPort. The steps say what is true. */
import { isDeepStrictEqual } from 'node:util'
import type { Change } from '#contract/wire/changes.ts'
import type { RecallAnswerRequest } from '#contract/wire/hands.ts'
import { StoreError } from '#db/store-error.ts'
import type { CoreContext, MallPort } from '#main/host/context.ts'
import type { Ids } from '#main/host/ports.ts'
import { createBackOff } from '#main/host/sync/back-off.ts'
import { createCalm } from '#main/host/sync/calm.ts'
import { type Connection, runConnection } from '#main/host/sync/connect.ts'
import { createMallClient, type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { fetchNotes } from '#main/host/sync/notes.ts'
import { createNumberLeases } from '#main/host/sync/number-leases.ts'
import { createOutlook } from '#main/host/sync/outlook.ts'
import { fetchPrerequisites, visitsWithoutTexts } from '#main/host/sync/prerequisites.ts'
import { pushAll, pushNotes, pushTexts } from '#main/host/sync/pusher.ts'
import { createQuestions } from '#main/host/sync/questions.ts'
import { sendAnswer, whileAnswering } from '#main/host/sync/recall-answers.ts'
import { enrolmentRefusal, isWorthHello, type OfflineReason, reasonOf } from '#main/host/sync/refusals.ts'
import { replayParked, type StreamedChange, takeChanges } from '#main/host/sync/steps/take-changes.ts'
import { takeClaim } from '#main/host/sync/steps/take-claim.ts'
import { takeConfig } from '#main/host/sync/steps/take-config.ts'
import { takeRefusal } from '#main/host/sync/steps/take-push.ts'
import { takeSlipKeys } from '#main/host/sync/steps/take-slip-keys.ts'
import { unsentCount } from '#main/host/sync/steps/unsent.ts'

type SyncPorts = {
  context: CoreContext
  ids: Ids
  changed(what: 'desk' | 'catalogue'): void
  /** Somebody was called in the zone that this PC speaks for, or no longer is. */
  onZoneCall(change: Extract<Change, { kind: 'call' }>): void
  /** The store refused what the server told. */
  onStoreError(error: StoreError): void
}

export type Sync = MallPort & { stop(): Promise<void> }

/** Budget of "improve the hand" and of a claim: a silent server never holds up a desk longer. */
const ANSWER_MS = 250
/** By then a desk that was helped by an answer has called. */
const SOON_MS = 50
/** Keys reach a week ahead; asked for now and then, they never run out. */
const KEYS_EVERY_MS = 6 * 3_600_000

export function createSync({ context, ids, changed, onZoneCall, onStoreError }: SyncPorts): Sync {
  const { store, repositories, clock, log, withhold } = context
  const stopped = new AbortController()
  const followBackOff = createBackOff(500, 15_000)
  const pushBackOff = createBackOff(1_000, 30_000)
  const calm = createCalm(context, () => changed('desk'))
  const lease = createNumberLeases({ store, repositories, ids, client: mall })
  const outlook = createOutlook({ context, client: mall, onTold: () => changed('desk'), inBackground })
  const { ask, askFirst, busy } = createQuestions(log, onRefusal)
  const startedAt = clock.now()
  let online = false
  let reason: OfflineReason = 'UNREACHABLE'
  let loops: Promise<unknown>[] = []
  let pushAgain = () => {}
  let pushTimer: NodeJS.Timeout | null = null
  let keysAt: number | null = null
  /** Asked again at the next contact: the event with its hash may have been on its way. */
  const refusedTexts = new Set<string>()
  let connection: Connection | null = null
  let client: MallClient | null = null

  function mall(): MallClient {
    const device = repositories.device.get()
    if (!device) throw new Error('not enrolled')
    client ??= createMallClient(
      { url: device.server_url, fingerprint: device.server_fingerprint },
      device.token,
      stopped.signal,
      log,
    )
    return client
  }

  function goOffline(error: MallError): void {
    // Asked here and not for every picture of the desk: the first one must not wait for it.
    reason = context.identity.inDoubt() ? 'IN_DOUBT' : reasonOf(error)
    online = false
    connection = null
    writeQuietly(() => {
      takeRefusal(context, error.code)
      const isKnown = (repositories.device.get()?.offline_since ?? null) !== null
      if (!isKnown) repositories.device.set({ offline_since: clock.now() })
    })
    log.warn({ code: error.code, message: error.message }, 'no connection to the mall server')
    changed('desk')
  }

  /** For what is only worth knowing: a store that refuses it has said so, or will, where it matters. */
  function writeQuietly(work: () => void): void {
    try {
      store.transaction(work)
    } catch (error) {
      log.warn({ err: error }, 'not noted')
    }
  }

  async function refreshConfig(): Promise<void> {
    const { config } = await mall().config()
    // The same version may hold more since this desk was updated: what it did not know before was left out.
    if (isDeepStrictEqual(config, context.config())) return
    takeConfig(context, config)
    changed('catalogue')
    changed('desk')
    pushAgain()
  }

  async function refreshKeys(): Promise<void> {
    takeSlipKeys(context, await mall().slipKeys())
    keysAt = clock.mono()
  }

  /** Only a front desk checks visitors in. */
  async function refreshAppointments(): Promise<void> {
    if (repositories.device.get()?.role_kind !== 'front_desk') return
    const { appointments } = await mall().appointments()
    store.transaction(() => repositories.appointments.replaceAll(appointments))
  }

  function take(batch: StreamedChange[]): void {
    const { answers } = takeChanges(context, batch)
    // Somebody waits for these: they go first.
    const answered = answers.length > 0 ? sendAnswers(answers) : null
    for (const one of batch) {
      if ('unknown' in one) continue
      const { change } = one
      if (change.kind === 'call') onZoneCall(change)
      if (change.kind === 'appointments') inBackground(refreshAppointments(), 'appointments')
      if (change.kind === 'config') inBackground(refreshConfig(), 'config')
      if (change.kind === 'handed_over' && repositories.hand.knowsVisit(change.visitId))
        inBackground(fetchTexts(change.visitId), 'prerequisites')
      if (change.kind === 'granted' && change.grant.journeyId && change.grant.entryNo > 1) {
        inBackground(fetchTexts(change.grant.visitId), 'prerequisites')
      }
      if (change.kind === 'noted') inBackground(readNotes(), 'notes')
      if (change.kind === 'caught_up') onCaughtUp()
    }
    // After a cut the server hears at once what was done meanwhile: nobody is helped by waiting.
    const push = batch.some((one) => 'change' in one && one.change.kind === 'caught_up') ? () => pushAgain() : pushSoon
    if (answered) void answered.then(push)
    else push()
    calm.changed()
  }

  function onCaughtUp(): void {
    online = true
    refusedTexts.clear()
    inBackground(readNotes(), 'notes')
    for (const visitId of visitsWithoutTexts(repositories)) inBackground(fetchTexts(visitId), 'prerequisites')
    outlook.refresh()
    followBackOff.reset()
    pushBackOff.skip()
  }

  /** For releases and facts that followed from what was told: nobody waits for them. */
  function pushSoon(): void {
    if (stopped.signal.aborted) return
    pushTimer ??= setTimeout(() => {
      pushTimer = null
      pushAgain()
    }, SOON_MS)
  }

  /** Resolves when the answers have arrived, or are not worth waiting for any longer. */
  function sendAnswers(answers: readonly RecallAnswerRequest[]): Promise<void> {
    return whileAnswering(answers.map((one) => inBackground(sendAnswer(mall(), one, stopped.signal), 'recall answer')))
  }

  async function fetchTexts(visitId: string): Promise<void> {
    if (await fetchPrerequisites(store, repositories, mall(), visitId)) changed('desk')
  }

  /** The server answers whom it knows to hold the visit: of a slip that was shown during a cut it heard just now. */
  function fetchTextsOfCurrent(): void {
    const visitId = repositories.entries.current()?.visitId
    if (visitId && visitsWithoutTexts(repositories).includes(visitId))
      inBackground(fetchTexts(visitId), 'prerequisites')
  }

  async function readNotes(): Promise<void> {
    if (repositories.notes.wanted().length === 0) return
    await fetchNotes(context, mall())
    changed('desk')
  }

  /** Work whose failure only means "later": the next contact asks again. */
  function inBackground(work: Promise<void>, what: string): Promise<void> {
    return work.catch((error: unknown) => log.warn({ what, err: error }, 'background request failed'))
  }

  /** Before the stream brings newer ones. */
  async function replay(): Promise<void> {
    const { answers } = await replayParked(context)
    void sendAnswers(answers)
  }

  /** `tried` after the first attempt, whatever came of it. */
  async function follow(tried: () => void): Promise<void> {
    await inBackground(replay(), 'parked changes')
    while (!stopped.signal.aborted) {
      try {
        await runConnection({
          context,
          client: mall(),
          stopped: stopped.signal,
          async onIntroduced(one) {
            connection = one
            await refreshConfig()
            // Slips are printed with them from the first number on; without them a desk works all the same.
            await refreshKeys().catch((error: unknown) => log.warn({ err: error }, 'no slip keys'))
            await refreshAppointments().catch((error: unknown) => log.warn({ err: error }, 'no appointments'))
            tried()
          },
          onBatch: take,
          busy,
          onBeat() {
            outlook.keepFresh()
            if (keysAt === null || clock.mono() - keysAt <= KEYS_EVERY_MS) return
            inBackground(refreshKeys(), 'slip keys')
            inBackground(refreshAppointments(), 'appointments')
          },
        })
      } catch (error) {
        if (stopped.signal.aborted) return
        // Anything but a MallError is the store's failure or a fault of this program: log it whole, and go on trying.
        if (!(error instanceof MallError)) log.error({ err: error }, 'following the server failed')
        if (error instanceof StoreError) onStoreError(error)
        goOffline(error instanceof MallError ? error : new MallError('INTERNAL', String(error), error))
      } finally {
        tried()
      }
      await followBackOff.wait(stopped.signal)
    }
  }

  async function push(): Promise<void> {
    while (!stopped.signal.aborted) {
      const wake = new Promise<void>((resolve) => {
        pushAgain = resolve
      })
      let timer: NodeJS.Timeout | undefined
      try {
        if (online) {
          await pushAll(context, mall(), calm.changed)
          fetchTextsOfCurrent()
          const wait = withheldMs()
          // The text of a forward that may still be taken back is nobody's business yet.
          if (wait === 0) {
            await pushTexts(context, mall(), refusedTexts)
            await pushNotes(context, mall(), refusedTexts)
          } else timer = setTimeout(pushAgain, wait)
        }
        pushBackOff.reset()
        await wake
      } catch (error) {
        if (stopped.signal.aborted) return
        log.warn({ err: error }, 'push failed')
        if (error instanceof MallError) onRefusal(error)
        await pushBackOff.wait(stopped.signal)
      } finally {
        clearTimeout(timer)
      }
    }
  }

  function withheldMs(): number {
    const generation = repositories.device.get()?.generation ?? 1
    return withhold.msLeft({ generation, seq: repositories.events.head(generation).seq })
  }

  /** The server does not know this connection any more, or what this identity is: only hello settles that. */
  function onRefusal(error: MallError): void {
    if (isWorthHello(error.code)) connection?.break(error)
  }

  return {
    connection() {
      const unsent = unsentCount(context)
      if (online) return { state: 'online', unsent }
      const device = repositories.device.get()
      const since = (device?.offline_since ?? startedAt) + (device?.clock_offset ?? 0)
      return { state: 'offline', since, unsent, reason }
    },
    isOnline: () => online,
    async improve() {
      const epoch = repositories.desk.get().counter?.epoch
      if (!online || !epoch) return []
      // The hand is played as it is when the server is silent: that is the rule.
      const reply = await askFirst(mall().improve(epoch, ANSWER_MS))
      return reply?.grants ?? []
    },
    async want({ visitId, entryNo }) {
      const epoch = repositories.desk.get().counter?.epoch
      return online && epoch ? askFirst(mall().want({ epoch, visitId, entryNo }, ANSWER_MS)) : null
    },
    async claim(request) {
      const reply = online ? await askFirst(mall().claim(request, ANSWER_MS)) : null
      return reply ? takeClaim(context, reply) : { kind: 'silent' }
    },
    async takers() {
      const reply = online ? await ask(mall().takers()) : null
      return reply?.services ?? null
    },
    async openCounter() {
      try {
        return { ok: true, session: await mall().openCounter() }
      } catch (error) {
        if (!(error instanceof MallError)) throw error
        log.warn({ code: error.code, message: error.message }, 'the server gave no epoch')
        onRefusal(error)
        // Another server in its place refuses nothing in the mall's name: it is the mall's that cannot be reached.
        const isAway = error.code === 'UNREACHABLE' || error.code === 'SERVER_NOT_PINNED'
        return { ok: false, code: isAway ? 'UNREACHABLE' : 'REFUSED' }
      }
    },
    async leaseNumbers(serviceId, businessDate) {
      if (!online) return 'none'
      try {
        await lease(serviceId, businessDate)
        return 'leased'
      } catch (error) {
        // The desk goes on with its own series, whatever else the reason is.
        log.warn({ serviceId, err: error }, 'no block of numbers')
        return error instanceof MallError && error.code === 'QUOTA_REACHED' ? 'quota_reached' : 'none'
      } finally {
        outlook.refresh()
      }
    },
    outlook: () => (online ? outlook.newest() : null),
    async enrol(serverUrl, code, deviceName) {
      const client = createMallClient(
        { url: serverUrl, fingerprint: code.fingerprintPrefix },
        null,
        stopped.signal,
        log,
      )
      try {
        const reply = await client.enrol(code.secret, deviceName)
        return { ok: true, reply, fingerprint: client.fingerprint() }
      } catch (error) {
        log.warn({ message: String(error) }, 'enrolment failed')
        return { ok: false, code: enrolmentRefusal(error) }
      } finally {
        await client.close()
      }
    },
    wake() {
      // The answer to the command that recorded something goes out first.
      setImmediate(() => pushAgain())
    },
    async start() {
      if (loops.length > 0 || !repositories.device.get()) return
      // Nobody can sign in before the configuration is here; following the server fetches it again when this fails.
      const hasConfig = context.config() !== null
      await new Promise<void>((resolve) => {
        loops = [follow(resolve), push()]
        if (hasConfig) resolve()
      })
    },
    async stop() {
      stopped.abort()
      if (pushTimer) clearTimeout(pushTimer)
      pushAgain()
      await Promise.all(loops)
      calm.stop()
      await client?.close()
    },
  }
}
