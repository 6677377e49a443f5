/** The sync engine: follows the server's changes, pushes facts, and answers the use cases' MallPort. */
import type { Logger } from 'pino'
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { PushReply } from '#contract/wire.ts'
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import { StoreError } from '#db/store-error.ts'
import type { MallPort } from '#main/host/context.ts'
import type { Clock, Ids } from '#main/host/ports.ts'
import { applyChange, type StreamedChange, takeGrant } from '#main/host/sync/apply-change.ts'
import { createBackOff } from '#main/host/sync/back-off.ts'
import { readChanges } from '#main/host/sync/changes-stream.ts'
import { createMallClient, type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { createNumberLeases } from '#main/host/sync/number-leases.ts'
import { fetchPrerequisites, visitsWithoutTexts } from '#main/host/sync/prerequisites.ts'
import { pushAll } from '#main/host/sync/pusher.ts'

type SyncPorts = {
  store: Store
  repositories: Repositories
  clock: Clock
  ids: Ids
  log: Logger
  config(): DeviceConfig | null
  putConfig(config: DeviceConfig): void
  /** Business date now, for dropping lists of other days. */
  today(): string
  changed(what: 'desk' | 'catalogue'): void
  /** Entries may have come into the hand of a closed counter. Inside the caller's transaction. */
  giveBackWhenClosed(): void
  /** The store refused what the server told. */
  onStoreError(error: StoreError): void
}

type OfflineReason = Extract<ReturnType<MallPort['connection']>, { state: 'offline' }>['reason']

export type Sync = MallPort & { stop(): Promise<void> }

/** Budget of "improve the hand": a silent server never holds up a call longer. */
const IMPROVE_MS = 250
/** Differences below this are network noise, not clock error. */
const OFFSET_NOISE_MS = 100

export function createSync(ports: SyncPorts): Sync {
  const { store, repositories, clock, log } = ports
  const stopped = new AbortController()
  const followBackOff = createBackOff(500, 15_000)
  const pushBackOff = createBackOff(1_000, 30_000)
  const lease = createNumberLeases({ store, repositories, ids: ports.ids, client: mall })
  const startedAt = clock.now()
  let online = false
  let reason: OfflineReason = 'UNREACHABLE'
  let loops: Promise<unknown>[] = []
  let pushAgain = () => {}
  let client: MallClient | null = null

  function mall(): MallClient {
    const device = repositories.device.get()
    if (!device) throw new Error('not enrolled')
    client ??= createMallClient(
      { url: device.server_url, fingerprint: device.server_fingerprint },
      device.token,
      stopped.signal,
    )
    return client
  }

  function goOffline(error: MallError): void {
    reason = reasonOf(error)
    online = false
    const isKnown = (repositories.device.get()?.offline_since ?? null) !== null
    if (!isKnown) writeQuietly(() => repositories.device.setOfflineSince(clock.now()))
    log.warn({ code: error.code, message: error.message }, 'no connection to the mall server')
    ports.changed('desk')
  }

  function setOffset(offset: number): void {
    const known = repositories.device.get()?.clock_offset ?? null
    if (known !== null && Math.abs(offset - known) < OFFSET_NOISE_MS) return
    store.transaction(() => repositories.device.setClockOffset(offset))
  }

  async function refreshConfig(): Promise<void> {
    const { config } = await mall().config()
    if (config.version === ports.config()?.version) return
    ports.putConfig(config)
    ports.changed('catalogue')
  }

  /** For what is only worth knowing: a store that refuses it has said so, or will, where it matters. */
  function writeQuietly(work: () => void): void {
    try {
      store.transaction(work)
    } catch (error) {
      log.warn({ err: error }, 'not noted')
    }
  }

  function take(batch: StreamedChange[]): void {
    const isCaughtUp = batch.some(({ change }) => change.kind === 'caught_up')
    store.transaction(() => {
      for (const one of batch) applyChange(repositories, one)
      if (isCaughtUp) {
        repositories.queue.keepOnly(ports.today())
        repositories.device.setOfflineSince(null)
      }
      // In the same transaction: whatever dies in between, no entry stays with a counter that is closed.
      if (isCaughtUp || batch.some(({ change }) => change.kind === 'granted')) ports.giveBackWhenClosed()
    })
    for (const { change } of batch) {
      if (change.kind === 'config') inBackground(refreshConfig(), 'config')
      if (change.kind === 'handed_over' && repositories.hand.knowsVisit(change.visitId))
        inBackground(fetchTexts(change.visitId), 'prerequisites')
      if (change.kind === 'granted' && change.grant.journeyId && change.grant.entryNo > 1) {
        inBackground(fetchTexts(change.grant.visitId), 'prerequisites')
      }
      if (change.kind === 'caught_up') {
        setOffset(change.serverTime - clock.now())
        online = true
        for (const visitId of visitsWithoutTexts(repositories)) inBackground(fetchTexts(visitId), 'prerequisites')
        followBackOff.reset()
        pushBackOff.skip()
        pushAgain()
      }
    }
    ports.changed('desk')
  }

  async function fetchTexts(visitId: string): Promise<void> {
    if (await fetchPrerequisites(store, repositories, mall(), visitId)) ports.changed('desk')
  }

  /** Work whose failure only means "later": the next contact asks again. */
  function inBackground(work: Promise<void>, what: string): void {
    work.catch((error: unknown) => log.warn({ what, err: error }, 'background request failed'))
  }

  async function follow(): Promise<void> {
    while (!stopped.signal.aborted) {
      const abort = new AbortController()
      const onStop = () => abort.abort()
      stopped.signal.addEventListener('abort', onStop, { once: true })
      try {
        await refreshConfig()
        const cursor = repositories.device.get()?.cursor ?? 0
        await readChanges(await mall().changes(cursor, abort.signal), abort, take)
      } catch (error) {
        if (stopped.signal.aborted) return
        // Anything but a MallError is the store's failure or a fault of this program: log it whole, and go on trying.
        if (!(error instanceof MallError)) log.error({ err: error }, 'following the server failed')
        if (error instanceof StoreError) ports.onStoreError(error)
        goOffline(error instanceof MallError ? error : new MallError('INTERNAL', String(error), error))
      } finally {
        stopped.signal.removeEventListener('abort', onStop)
        abort.abort()
      }
      await followBackOff.wait(stopped.signal)
    }
  }

  async function push(): Promise<void> {
    while (!stopped.signal.aborted) {
      const wake = new Promise<void>((resolve) => {
        pushAgain = resolve
      })
      try {
        if (online) await pushAll({ store, repositories, client: mall, now: clock.now, onReply })
        pushBackOff.reset()
        await wake
      } catch (error) {
        if (stopped.signal.aborted) return
        log.warn({ err: error }, 'push failed')
        if (error instanceof MallError && error.code === 'CHAIN_FORK') goOffline(error)
        await pushBackOff.wait(stopped.signal)
      }
    }
  }

  function onReply(reply: PushReply, sentAt: number, receivedAt: number): void {
    for (const finding of reply.findings) log.warn(finding, 'the server flagged an event')
    setOffset(Math.round(reply.serverTime - (sentAt + receivedAt) / 2))
    ports.changed('desk')
  }

  return {
    connection() {
      const device = repositories.device.get()
      const unsent = Math.max(0, repositories.events.head().seq - (device?.acked_seq ?? 0))
      if (online) return { state: 'online', unsent }
      const since = (device?.offline_since ?? startedAt) + (device?.clock_offset ?? 0)
      return { state: 'offline', since, unsent, reason }
    },
    isOnline: () => online,
    async improve() {
      const epoch = repositories.desk.get().counter?.epoch
      if (!online || !epoch) return
      try {
        const { grants } = await mall().improve(epoch, IMPROVE_MS)
        if (grants.length > 0) {
          store.transaction(() => {
            for (const grant of grants) takeGrant(repositories, grant)
          })
        }
      } catch (error) {
        if (!(error instanceof MallError)) throw error
        // The hand is played as it is: that is the rule when the server is silent.
        log.info({ message: String(error) }, 'the hand was not improved')
      }
    },
    async openCounter() {
      try {
        return { ok: true, session: await mall().openCounter() }
      } catch (error) {
        if (!(error instanceof MallError)) throw error
        log.warn({ code: error.code, message: error.message }, 'the server gave no epoch')
        // Another server in its place refuses nothing in the mall's name: it is the mall's that cannot be reached.
        const isAway = error.code === 'UNREACHABLE' || error.code === 'SERVER_NOT_PINNED'
        return { ok: false, code: isAway ? 'UNREACHABLE' : 'REFUSED' }
      }
    },
    async leaseNumbers(serviceId, businessDate) {
      if (!online) return
      try {
        await lease(serviceId, businessDate)
      } catch (error) {
        // The desk goes on with its own series, whatever the reason is.
        log.warn({ serviceId, err: error }, 'no block of numbers')
      }
    },
    async enrol(serverUrl, code, deviceName) {
      const client = createMallClient({ url: serverUrl, fingerprint: code.fingerprintPrefix }, null, stopped.signal)
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
      pushAgain()
    },
    async start() {
      if (loops.length > 0 || !repositories.device.get()) return
      // Nobody can sign in before the configuration is here; following the server fetches it again when this fails.
      if (!ports.config())
        await refreshConfig().catch((error: unknown) => log.warn({ err: error }, 'no configuration yet'))
      loops = [follow(), push()]
    },
    async stop() {
      stopped.abort()
      pushAgain()
      await Promise.all(loops)
      await client?.close()
    },
  }
}

function reasonOf({ code }: MallError): OfflineReason {
  if (code === 'UNAUTHORISED' || code === 'FORBIDDEN') return 'REFUSED_TOKEN'
  if (code === 'SERVER_NOT_PINNED') return 'NOT_THE_PINNED_SERVER'
  if (code === 'CHAIN_FORK') return 'FORK'
  return code === 'UNREACHABLE' ? 'UNREACHABLE' : 'SERVER_ERROR'
}

function enrolmentRefusal(error: unknown) {
  if (!(error instanceof MallError)) throw error
  const { code } = error
  if (code === 'UNREACHABLE') return 'SERVER_UNREACHABLE'
  if (code === 'TOO_MANY_REQUESTS') return 'TOO_MANY_TRIES'
  if (code === 'SERVER_NOT_PINNED' || code === 'NOT_A_MALL_SERVER' || code === 'ENROLMENT_CODE_INVALID') return code
  return 'ENROLMENT_REFUSED'
}
