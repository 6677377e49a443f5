/** The technician's side of the host: which devices there are, tries on them, and the profile in force. */
import type { MethodName } from '#contract/desk-api.ts'
import type { TryOutcome } from '#contract/methods/devices.ts'
import type { HostContext } from '#main/host/context.ts'
import { createDevices, type DeviceOptions } from '#main/host/devices/create-devices.ts'
import { ledDriver } from '#main/host/devices/led/drivers.ts'
import { hexPreview } from '#main/host/devices/led/hex-preview.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import type { DeviceKind, LiveDevices } from '#main/host/devices/live-devices.ts'
import { createTransport } from '#main/host/devices/printer/create-transport.ts'
import { type ClipFolders, createClipFiles } from '#main/host/devices/voice/clip-files.ts'
import { type DeskProfile, writeProfile } from '#main/host/profile.ts'
import type { Handlers } from '#main/host/router.ts'
import { exportFileName, readDeskExport, writeDeskExport } from '#main/host/set-up/desk-export.ts'
import { draftDisplay, draftPrinter, draftProfile, draftVoice, triedState } from '#main/host/set-up/draft.ts'
import { driverViews } from '#main/host/set-up/driver-views.ts'
import { listDevices } from '#main/host/set-up/list-devices.ts'
import { type SampleSource, trialBytes, viewPaper } from '#main/host/set-up/sample-paper.ts'
import type { Traffic } from '#main/host/set-up/traffic.ts'
import { tryDisplay } from '#main/host/set-up/try-display.ts'
import { type PrinterOutcome, tryPrinter } from '#main/host/set-up/try-printer.ts'
import { sampleAnnouncement } from '#main/host/set-up/try-voice.ts'

export type SetUpMethods = Pick<Handlers, Extract<MethodName, `devices.${string}`>>

export type SetUpOptions = {
  dataDir: string
  context: HostContext
  devices: LiveDevices
  /** For the devices of a try. */
  deviceOptions: Omit<DeviceOptions, 'saved'>
  traffic: Traffic
  voiceFolders: ClipFolders
  profile(): DeskProfile
  putInForce(profile: DeskProfile): void
}

/** How long a tried number stands on the display before the desk's own state comes back. */
const TRY_SHOWN_MS = 5_000

export function createSetUp(options: SetUpOptions): SetUpMethods {
  const { dataDir, context, devices, deviceOptions, traffic, voiceFolders, profile, putInForce } = options
  const { repositories } = context
  let isTrying = false
  let endShown = () => {}

  /** Long enough to walk around the counter and look; a newer try, a save or the end of the host cuts it short. */
  function shownForAWhile(cut: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TRY_SHOWN_MS)
      endShown = () => {
        clearTimeout(timer)
        resolve()
      }
      cut.addEventListener('abort', endShown)
      if (cut.aborted) endShown()
    })
  }

  /**
   * One try at a time: two would fight for the port. The answer is given while the device is still held; it goes back when `work`
   * is over. A null answer: it was wanted back before there was one.
   */
  async function tried<T>(
    kinds: readonly DeviceKind[],
    work: (answer: (outcome: T | null) => void, cut: AbortSignal) => Promise<void>,
  ) {
    if (isTrying) return { ok: false, code: 'TRY_RUNNING' } as const
    isTrying = true
    endShown()
    try {
      const outcome = await new Promise<T | null>((resolve, reject) => {
        devices.without(kinds, (cut) => work(resolve, cut)).then((began) => began || resolve(null), reject)
      })
      return outcome ? ({ ok: true, data: outcome } as const) : ({ ok: false, code: 'TRY_CUT_SHORT' } as const)
    } finally {
      isTrying = false
    }
  }

  /** Two kinds of device on serial ports: what one is tried on may be the other's. */
  function kindsFor(kind: DeviceKind, transport: { kind: string }): readonly DeviceKind[] {
    const isShared = transport.kind === 'serial' && devices.saved().length > 0
    return isShared ? ['led', 'printer'] : [kind]
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

  return {
    'devices.list': async () => ({ ok: true, data: await listDevices(profile()) }),
    'devices.drivers': () => ({ ok: true, data: { drivers: driverViews() } }),
    'devices.profile': () => ({ ok: true, data: { profile: profile(), zones: ownZones() } }),
    'devices.save'({ profile: given }) {
      const draft = draftProfile(given)
      if (!draft.ok) return draft
      try {
        writeProfile(dataDir, draft.value)
        // As soon as what is under way has ended.
        putInForce(draft.value)
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
        createDevices({ ...deviceOptions, saved: devices.saved(), displays: [draft.value], printer: null, onHealth })
      return tried<TryOutcome>(kindsFor('led', draft.value.transport), async (answer, cut) => {
        const trial = await tryDisplay({
          state,
          open: (onHealth) => open((_, health) => onHealth(health)),
          heardSomething: () => traffic.after(before).some(({ direction }) => direction === 'heard'),
          cut,
        })
        answer(trial.outcome)
        if (trial.outcome?.code === null) await shownForAWhile(cut)
        await trial.end()
      })
    },
    'devices.traffic': ({ after }) => ({ ok: true, data: { lines: traffic.after(after) } }),
    'devices.previewPaper': ({ width, paper, papers }) => ({
      ok: true,
      data: viewPaper(sampleSource(paper), width, papers ?? context.config()?.papers ?? {}),
    }),
    async 'devices.tryPrinter'({ printer, paper, papers }) {
      const draft = draftPrinter(printer)
      if (!draft.ok) return draft
      const trial = trialBytes(sampleSource(paper), draft.value.width, papers)
      if (!trial.ok) return trial
      return tried<PrinterOutcome>(kindsFor('printer', draft.value.transport), (answer, cut) =>
        tryPrinter(draft.value, createTransport(draft.value, devices.saved()), trial.bytes, answer, cut),
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
      return { ok: true, data: { serverUrl, role, placeName: name, profile: draft.value } }
    },
  }
}
