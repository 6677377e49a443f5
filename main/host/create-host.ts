/** Puts the host together: store, use cases, devices, sync, screens. Runs the same in every kind of process. */
import { hash, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Logger } from 'pino'
import type { FromHost } from '#contract/messages.ts'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import type { StoreErrorCode } from '#db/store-error.ts'
import { createConfigCache } from '#main/host/config-cache.ts'
import type { CoreContext, HostContext } from '#main/host/context.ts'
import { createHandlers } from '#main/host/create-handlers.ts'
import { officerHere } from '#main/host/desk-state.ts'
import type { DeviceOptions } from '#main/host/devices/create-devices.ts'
import { createLiveDevices } from '#main/host/devices/live-devices.ts'
import { createDevicePanel } from '#main/host/devices/panel/panel.ts'
import { keepHouse } from '#main/host/housekeeping.ts'
import { createIdentity } from '#main/host/identity.ts'
import type { Clock, Ids, Sidecar } from '#main/host/ports.ts'
import { createPresence } from '#main/host/presence.ts'
import { createPrintJobStore } from '#main/host/printing/print-queue.ts'
import { type DeskProfile, readProfile } from '#main/host/profile.ts'
import { createPublisher } from '#main/host/publisher.ts'
import { createRouter } from '#main/host/router.ts'
import { type Screen, serveScreen } from '#main/host/serve.ts'
import { createLazySetUp } from '#main/host/set-up/lazy-set-up.ts'
import { createTraffic } from '#main/host/set-up/traffic.ts'
import { createFileSidecar, sidecarPath } from '#main/host/sidecar.ts'
import { createSlipKeys } from '#main/host/slip-keys.ts'
import { buildCatalogue, buildDeskSnapshot, ledStateOf } from '#main/host/snapshot.ts'
import { createSync } from '#main/host/sync/create-sync.ts'
import { systemClock } from '#main/host/system-clock.ts'
import { tendDesk } from '#main/host/tend-desk.ts'
import { isLocked } from '#main/host/use-cases/lock.ts'
import { createVoice, type Voice } from '#main/host/voice.ts'
import { createWithhold } from '#main/host/withhold.ts'

export type HostSettings = {
  dataDir: string
  launchId: string
  log: Logger
  clock?: Clock
  ids?: Ids
  /** What a restored or copied data folder does not bring along; a file beside it unless a test says otherwise. */
  sidecar?: Sidecar
}

export type Host = {
  /** Begins a conversation with one screen. */
  connect(send: (message: FromHost) => void): Screen
  /** Sends what devices still wait for, and closes the store. A second call waits for the first. */
  stop(): Promise<void>
}

/** Two folders above this file, and above the bundle that it becomes. */
const BUILT_IN_VOICE = join(import.meta.dirname, '../../voice')

const sha256 = (text: string): string => hash('sha256', text)
const systemIds: Ids = { uuid: randomUUID, randomBytes: (n) => randomBytes(n) }

/** Opens everything in `dataDir` and starts it. Throws StoreError or ProfileError; then nothing was started. */
export function createHost(settings: HostSettings): Host {
  const { dataDir, launchId, log, clock = systemClock(), ids = systemIds } = settings
  const { sidecar = createFileSidecar(sidecarPath(dataDir)) } = settings
  let profile = readProfile(dataDir)
  const store = openStore(dataDir)
  const repositories = createRepositories(store, sha256)
  const config = createConfigCache(repositories.device)
  let storeProblem: StoreErrorCode | null = null
  let version = 0
  let shown = ''
  let stopping: Promise<void> | null = null
  let ledTurn: NodeJS.Immediate | null = null

  const printQueue = createPrintJobStore(store, repositories, deskChanged)
  const voiceFolders = { builtIn: BUILT_IN_VOICE, own: join(dataDir, 'voice') }
  const traffic = createTraffic(clock.now)
  const deviceOptions: Omit<DeviceOptions, 'saved'> = {
    displays: profile.displays,
    printer: profile.printer,
    panel: createDevicePanel(),
    jobs: printQueue,
    papers: () => config.get()?.papers ?? null,
    clock,
    onHealth: (device, health) => {
      log.info({ device, health, where: devices[device].where() }, 'device')
      deskChanged()
    },
    onPrintProblem: (problem) => log.warn({ problem }, 'print problem'),
    onTraffic: traffic.record,
  }
  const devices = createLiveDevices(deviceOptions)
  const core: CoreContext = {
    store,
    repositories,
    sha256,
    clock,
    log,
    identity: createIdentity(sidecar, repositories.device),
    withhold: createWithhold(clock),
    slipKeys: createSlipKeys(repositories),
    config: config.get,
    setConfig: config.set,
  }
  let voice = voiceOf(profile)
  const sync = createSync({
    context: core,
    ids,
    onZoneCall: (change) => voice.zoneCalled(change),
    onStoreError: ({ code }) => setStoreProblem(code),
    changed: (what) => (what === 'desk' ? deskChanged() : publisher.changed(what)),
  })
  const context: HostContext = {
    ...core,
    ids,
    led: devices.led,
    printer: devices.printer,
    get voice() {
      return voice
    },
    mall: sync,
    get language() {
      return profile.language
    },
    launchId,
    presence: createPresence(clock),
    changed: deskChanged,
  }
  const publisher = createPublisher(
    {
      desk: () => buildDeskSnapshot(context, ++version, storeProblem),
      catalogue: () => buildCatalogue(context),
      panel: () => deviceOptions.panel.snapshot(),
      announcement: () => voice.announcement(),
    },
    (topic, error) => log.error({ topic, err: error }, 'a snapshot could not be built'),
  )
  const house = keepHouse(context)
  const setUp = createLazySetUp({
    dataDir,
    context,
    devices,
    deviceOptions,
    traffic,
    voiceFolders,
    profile: () => profile,
    putInForce(next) {
      const before = profile
      profile = next
      // What waits to be spoken would be lost with it.
      if (!isDeepStrictEqual(before.voice, next.voice)) {
        voice.stop()
        voice = voiceOf(next)
        publisher.changed('announcement')
      }
      changeDevices(next).catch((error: unknown) => log.error({ err: error }, 'the devices could not be changed'))
    },
  })
  const router = createRouter({
    handlers: { ...createHandlers(context), ...setUp },
    isEnrolled: () => repositories.device.get() !== null,
    officerRoles() {
      const officerId = officerHere(context)
      return config.get()?.officers.find((officer) => officer.id === officerId)?.roles ?? null
    },
    isLocked: () => isLocked(context),
    onAct: () => context.presence.touch(),
    onResult: setStoreProblem,
    log,
  })
  const tending = tendDesk(context)

  function voiceOf({ voice: wanted }: DeskProfile): Voice {
    return createVoice({
      context: core,
      profile: wanted,
      folders: voiceFolders,
      idPrefix: ids.uuid(),
      changed: (what) => (what === 'desk' ? deskChanged() : publisher.changed(what)),
    })
  }

  /** What waits for a printer that is taken away must not come out of the next one, perhaps weeks later. */
  async function changeDevices(next: DeskProfile): Promise<void> {
    await devices.use(next)
    if (!next.printer && !stopping) printQueue.abandonQueued()
  }

  function setStoreProblem(code: StoreErrorCode | null): void {
    if (code === storeProblem) return
    storeProblem = code
    deskChanged()
  }

  /** Sent when what it should show changes, and again when a number is called again. */
  function showOnLed(): void {
    const next = ledStateOf(context)
    const key = JSON.stringify(next)
    if (key === shown) return
    shown = key
    devices.led.show(next.state)
  }

  /** Level, not edge: the display gets the newest state, the screens the newest snapshot, both after the answer went out. */
  function deskChanged(): void {
    // Devices report their end while the store closes.
    if (stopping) return
    ledTurn ??= setImmediate(() => {
      ledTurn = null
      try {
        showOnLed()
        voice.deskChanged()
        // Last: a store that refuses to note a pause must not keep the display from its number.
        tending.afterChange()
      } catch (error) {
        log.error({ err: error }, 'what follows from a change could not be done')
      }
    })
    house.touch()
    publisher.changed('desk')
  }

  deviceOptions.panel.onChange(() => publisher.changed('panel'))
  showOnLed()
  if (!profile.printer) printQueue.abandonQueued()
  devices.start()
  // The desk answers first: loading what talks to the network takes longer than all the rest of the start.
  const syncTurn = setImmediate(() => void sync.start())
  log.info({ store: store.file }, 'host started')

  async function stop(): Promise<void> {
    tending.stop()
    house.stop()
    publisher.stop()
    if (ledTurn) clearImmediate(ledTurn)
    clearImmediate(syncTurn)
    await Promise.all([sync.stop(), devices.stop()])
    voice.stop()
    store.checkpoint()
    store.close()
    log.info('host stopped')
  }

  return {
    connect: (send) => serveScreen(router, publisher, send),
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}
