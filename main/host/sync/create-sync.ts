/** The sync engine: follows the server's changes, pushes facts, and answers the use cases' MallPort. */
import type { Logger } from 'pino'
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { PushReply } from '#contract/wire.ts'
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import type { MallPort } from '#main/host/context.ts'
import type { Clock, Ids } from '#main/host/ports.ts'
import { applyChange, type StreamedChange, takeGrant } from '#main/host/sync/apply-change.ts'
import { createBackOff } from '#main/host/sync/back-off.ts'
import { readChanges } from '#main/host/sync/changes-stream.ts'
import { createMallClient, type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { fetchPrerequisites } from '#main/host/sync/prerequisites.ts'
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
  /** Entries came into the hand. */
  onGranted(): void
}

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
  let online = false
  let offlineSince = clock.now()
  let reason: 'UNREACHABLE' | 'REFUSED_TOKEN' | 'FORK' | 'SERVER_ERROR' = 'UNREACHABLE'
  let loops: Promise<unknown>[] = []
  let pushAgain = () => {}
  let client: MallClient | null = null

  function mall(): MallClient {
    const device = repositories.device.get()
    if (!device) throw new Error('not enrolled')
    client ??= createMallClient(device.server_url, device.token)
    return client
  }

  function goOffline(error: MallError): void {
    reason = reasonOf(error)
    if (online) {
      offlineSince = clock.now()
      online = false
    }
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
    store.transaction(() => ports.putConfig(config))
    ports.changed('catalogue')
  }

  function take(batch: StreamedChange[]): void {
    store.transaction(() => {
      for (const one of batch) applyChange(repositories, one)
    })
    if (batch.some(({ change }) => change.kind === 'granted')) ports.onGranted()
    for (const { change } of batch) {
      if (change.kind === 'config') inBackground(refreshConfig(), 'config')
      if (change.kind === 'handed_over' && repositories.hand.knowsVisit(change.visitId))
        inBackground(fetchTexts(change.visitId), 'prerequisites')
      if (change.kind === 'granted' && change.grant.journeyId && change.grant.entryNo > 1) {
        inBackground(fetchTexts(change.grant.visitId), 'prerequisites')
      }
      if (change.kind === 'caught_up') {
        setOffset(change.serverTime - clock.now())
        store.transaction(() => repositories.queue.keepOnly(ports.today()))
        online = true
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
        // Anything but a MallError is a fault of this program: log it whole, and go on trying.
        if (!(error instanceof MallError)) log.error({ err: error }, 'following the server failed')
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
      const acked = repositories.device.get()?.acked_seq ?? 0
      const unsent = Math.max(0, repositories.events.head().seq - acked)
      return online ? { state: 'online', unsent } : { state: 'offline', since: offlineSince, unsent, reason }
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
          ports.onGranted()
        }
      } catch (error) {
        // The hand is played as it is: that is the rule when the server is silent.
        log.info({ message: String(error) }, 'the hand was not improved')
      }
    },
    async openCounter() {
      try {
        return await mall().openCounter()
      } catch (error) {
        log.warn({ message: String(error) }, 'the server gave no session')
        return null
      }
    },
    async leaseNumbers(serviceId, businessDate) {
      try {
        const lease = await mall().lease(ports.ids.uuid(), serviceId, businessDate)
        store.transaction(() => repositories.numbers.addLease(lease))
        return true
      } catch (error) {
        log.warn({ serviceId, message: String(error) }, 'no block of numbers')
        return false
      }
    },
    async enrol(serverUrl, code, deviceName) {
      try {
        const reply = await createMallClient(serverUrl, null).enrol(code, deviceName)
        const { config } = await createMallClient(serverUrl, reply.token).config()
        return { ok: true, reply, config }
      } catch (error) {
        log.warn({ message: String(error) }, 'enrolment failed')
        return { ok: false, code: enrolmentRefusal(error) }
      }
    },
    wake() {
      pushAgain()
    },
    start() {
      if (loops.length === 0 && repositories.device.get()) loops = [follow(), push()]
    },
    async stop() {
      stopped.abort()
      pushAgain()
      await Promise.all(loops)
    },
  }
}

function reasonOf({ code }: MallError) {
  if (code === 'UNAUTHORISED' || code === 'FORBIDDEN') return 'REFUSED_TOKEN'
  if (code === 'CHAIN_FORK') return 'FORK'
  return code === 'UNREACHABLE' ? 'UNREACHABLE' : 'SERVER_ERROR'
}

function enrolmentRefusal(error: unknown) {
  if (!(error instanceof MallError)) throw error
  if (error.code === 'UNREACHABLE') return 'SERVER_UNREACHABLE'
  return error.code === 'NOT_A_MALL_SERVER' ? 'NOT_A_MALL_SERVER' : 'ENROLMENT_CODE_INVALID'
}
