/** The technician's side of the host: which devices there are, tries on them, and the profile in force. */
import type { MethodName } from '#contract/desk-api.ts'
import type { TryOutcome } from '#contract/device-methods.ts'
import type { HostContext } from '#main/host/context.ts'
import { createDevices, type DeviceOptions } from '#main/host/devices/create-devices.ts'
import { ledDriver } from '#main/host/devices/led/drivers.ts'
import { hexPreview } from '#main/host/devices/led/hex-preview.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import type { DeviceKind, LiveDevices } from '#main/host/devices/live-devices.ts'
import { createTransport } from '#main/host/devices/printer/create-transport.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { type ClipFolders, createClipFiles } from '#main/host/devices/voice/clip-files.ts'
import { type DeskProfile, writeProfile } from '#main/host/profile.ts'
import type { Handlers } from '#main/host/router.ts'
import { exportFileName, readDeskExport, writeDeskExport } from '#main/host/set-up/desk-export.ts'
import { draftDisplay, draftPrinter, draftProfile, draftVoice, triedState } from '#main/host/set-up/draft.ts'
import { driverViews } from '#main/host/set-up/driver-views.ts'
import { listDevices } from '#main/host/set-up/list-devices.ts'
import { type SampleSource, trialPaper, viewPaper } from '#main/host/set-up/sample-paper.ts'
import type { Traffic } from '#main/host/set-up/traffic.ts'
import { tryDisplay } from '#main/host/set-up/try-display.ts'
import { type PrinterOutcome, tryPrinter } from '#main/host/set-up/try-printer.ts'
import { sampleAnnouncement } from '#main/host/set-up/try-voice.ts'

export type SetUpMethods = Pick<Handlers, Extract<MethodName, `devices.${string}`>>
export type SetUp = {
  methods: SetUpMethods
  /** Writes a checked profile and puts it in force. Throws StoreError; then the old one is in force. */
  save(profile: DeskProfile): Promise<void>
  /** Ends a try that is still to be seen. */
  stop(): void
}

export type SetUpOptions = {
  dataDir: string
  context: HostContext
  devices: LiveDevices
  /** For the devices of a try. */
  deviceOptions: DeviceOptions
  traffic: Traffic
  voiceFolders: ClipFolders
  profile(): DeskProfile
  putInForce(profile: DeskProfile): Promise<void>
}

/** How long a tried number stands on the display before the desk's own state comes back. */
const TRY_SHOWN_MS = 5_000

export function createSetUp(options: SetUpOptions): SetUp {
  const { dataDir, context, devices, deviceOptions, traffic, voiceFolders, profile, putInForce } = options
  const { repositories } = context
  let isTrying = false
  let endShown = () => {}

  /** Long enough to walk around the counter and look; a newer try or the end of the host cuts it short. */
  function shownForAWhile(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TRY_SHOWN_MS)
      endShown = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** One try at a time: two would fight for the port. */
  async function alone<T>(run: () => Promise<T>) {
    if (isTrying) return { ok: false, code: 'TRY_RUNNING' } as const
    isTrying = true
    endShown()
    try {
      return { ok: true, data: await run() } as const
    } finally {
      isTrying = false
    }
  }

  /** The answer is given while the device is still held: it goes back when `work` is over. */
  function borrowed<T>(kind: DeviceKind, work: (answer: (outcome: T) => void) => Promise<void>): Promise<T> {
    return new Promise((resolve, reject) => {
      devices.without(kind, () => work(resolve)).catch(reject)
    })
  }

  async function save(next: DeskProfile): Promise<void> {
    writeProfile(dataDir, next)
    endShown()
    await putInForce(next)
  }

  function placeName(roleId: string): string {
    const config = context.config()
    const counter = config?.counters.find(({ id }) => id === roleId)
    if (counter) return `Loket ${counter.name}`
    return config?.frontDesks.find(({ id }) => id === roleId)?.name ?? roleId
  }

  function ownZones(): { id: string; name: string }[] {
    const place = repositories.device.get()?.role_id
    const zones = context.config()?.zones ?? []
    return zones.filter(({ speakerId }) => speakerId === place).map(({ id, name }) => ({ id, name }))
  }

  function sampleSource(paper: SampleSource['paper']): SampleSource {
    return { paper, config: context.config(), language: profile().language, now: context.clock.now() }
  }

  const methods: SetUpMethods = {
    'devices.list': async () => ({ ok: true, data: await listDevices(profile()) }),
    'devices.drivers': () => ({ ok: true, data: { drivers: driverViews() } }),
    'devices.profile': () => ({ ok: true, data: { profile: profile(), zones: ownZones() } }),
    async 'devices.save'({ profile: given }) {
      const draft = draftProfile(given)
      if (!draft.ok) return draft
      try {
        await save(draft.value)
        return { ok: true, data: {} }
      } catch (error) {
        context.log.error({ err: error }, 'the profile could not be saved')
        return { ok: false, code: 'PROFILE_NOT_SAVED' }
      }
    },
    'devices.previewDisplay'({ display, show }) {
      const draft = draftDisplay(display)
      if (!draft.ok) return draft
      const state = triedState(show)
      if (!state) return { ok: false, code: 'LABEL_UNREADABLE' }
      const { driver: id, params } = draft.value
      const driver = ledDriver(id)
      const reader = createDisplayReader(id, params)
      for (const { bytes } of [...driver.init(params), ...driver.encode(state, params)]) reader.feed(bytes)
      return {
        ok: true,
        data: { showsPrefix: driver.showsPrefix(params), ...hexPreview(driver, params, state), shown: reader.shown() },
      }
    },
    async 'devices.tryDisplay'({ display, show }) {
      const draft = draftDisplay(display)
      if (!draft.ok) return draft
      const state = triedState(show)
      if (!state) return { ok: false, code: 'LABEL_UNREADABLE' }
      const before = traffic.newest()
      const open = (onHealth: DeviceOptions['onHealth']) =>
        createDevices({ ...deviceOptions, displays: [draft.value], printer: null, onHealth })
      return alone(() =>
        borrowed('led', async (answer: (outcome: TryOutcome) => void) => {
          const trial = await tryDisplay({
            state,
            open: (onHealth) => open((_, health) => onHealth(health)),
            heardSomething: () => traffic.after(before).some(({ direction }) => direction === 'heard'),
          })
          answer(trial.outcome)
          await shownForAWhile()
          await trial.end()
        }),
      )
    },
    'devices.traffic': ({ after }) => ({ ok: true, data: { lines: traffic.after(after) } }),
    'devices.previewPaper': ({ width, paper, papers }) => ({
      ok: true,
      data: viewPaper(sampleSource(paper), width, papers ?? context.config()?.papers ?? {}),
    }),
    async 'devices.tryPrinter'({ printer, paper }) {
      const draft = draftPrinter(printer)
      if (!draft.ok) return draft
      const bytes = renderDocument(trialPaper(sampleSource(paper)), draft.value.width, context.config()?.papers ?? {})
      return alone(() =>
        borrowed('printer', (answer: (outcome: PrinterOutcome) => void) =>
          tryPrinter(draft.value, createTransport(draft.value, []), bytes, answer),
        ),
      )
    },
    'devices.tryVoice'({ voice }) {
      const draft = draftVoice(voice)
      if (!draft.ok) return draft
      const files = createClipFiles(voiceFolders, (clip, code) => {
        context.log.warn({ clip, code }, 'a clip of the mall is not used for a sample')
      })
      const roleId = repositories.device.get()?.role_id ?? null
      return { ok: true, data: sampleAnnouncement(draft.value, context.config(), roleId, files) }
    },
    'devices.export'() {
      const device = repositories.device.get()
      if (!device) return { ok: false, code: 'NOT_ENROLLED' }
      const name = placeName(device.role_id)
      const role =
        device.role_kind === 'counter'
          ? ({ kind: 'counter', counterId: device.role_id } as const)
          : ({ kind: 'front_desk', frontDeskId: device.role_id } as const)
      const text = writeDeskExport({
        placeName: name,
        role,
        serverUrl: device.server_url,
        profile: profile(),
        at: context.clock.now(),
      })
      return { ok: true, data: { fileName: exportFileName(name), text } }
    },
    'devices.readExport'({ text }) {
      const read = readDeskExport(text)
      if (!read.ok) return read
      const { serverUrl, role, placeName: name, profile: carried } = read.desk
      const draft = draftProfile(carried)
      if (!draft.ok) return draft
      return { ok: true, data: { serverUrl, deviceName: name, role, placeName: name, profile: draft.value } }
    },
  }
  return { methods, save, stop: () => endShown() }
}
