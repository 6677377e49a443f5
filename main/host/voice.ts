/**
 * The desk's voice: which calls this PC has to speak, and what a screen may ask for it. Own calls come from the own log, also
 * while cut off; those of other counters from the server. All of it works after a commit and can hold up nothing.
 */
import type { Announcement } from '#contract/voice.ts'
import type { Change } from '#contract/wire/changes.ts'
import { type EntryEvent, isEntryEvent, mallTime } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'
import { type CoreContext, mallNow } from '#main/host/context.ts'
import { createAnnouncer } from '#main/host/devices/voice/announcer.ts'
import { type ClipFolders, clipsFor, createClipFiles } from '#main/host/devices/voice/clip-files.ts'
import { type Announced, announcementClips } from '#main/host/devices/voice/sentence.ts'
import { styleOf } from '#main/host/devices/voice/style.ts'
import type { VoiceProfile } from '#main/host/devices/voice/voice-profile.ts'
import type { DeviceHealth, VoicePort } from '#main/host/ports.ts'

type VoiceOptions = {
  context: CoreContext
  /** Null: this PC has no loudspeaker. */
  profile: VoiceProfile | null
  folders: ClipFolders
  /** Another one for every start of the host. */
  idPrefix: string
  changed(what: 'announcement' | 'desk'): void
}

export type Voice = VoicePort & {
  announcement(): Announcement | null
  /** Something was committed here: looks for own calls in the log. */
  deskChanged(): void
  /** The server tells of a counter of the zone. */
  zoneCalled(change: ZoneCall): void
  stop(): void
}

export type ZoneCall = Extract<Change, { kind: 'call' }>

/** Whoever was called longer ago when this PC hears of it has come, or looked at the display. */
const LATE_MS = 30_000
/** A call that waits for others of its zone is not spoken any more so long after it was made. */
const EXPIRY_MS = 180_000
/** More facts at once come from no officer. */
const NEWEST_FACTS = 100

const CALLS: ReadonlySet<EntryEvent['type']> = new Set<EntryEvent['type']>([
  'entry.called',
  'entry.called_again',
  'entry.called_back',
])

const SILENT: Voice = {
  health: () => ({ state: 'absent' }),
  clips: () => null,
  begin: () => false,
  ended() {},
  announcement: () => null,
  deskChanged() {},
  zoneCalled() {},
  stop() {},
}

export function createVoice({ context, profile, folders, idPrefix, changed }: VoiceOptions): Voice {
  return profile ? createSpeaker({ context, profile, folders, idPrefix, changed }) : SILENT
}

function createSpeaker({
  context,
  profile,
  folders,
  idPrefix,
  changed,
}: VoiceOptions & { profile: VoiceProfile }): Voice {
  const { repositories, clock, log } = context
  const clips = createClipFiles(folders, (clip, code) => {
    log.warn({ clip, code }, 'a clip of the mall is not used')
    changed('desk')
  })
  let logged: string | null = null
  const announcer = createAnnouncer({
    volume: profile.volume,
    idPrefix,
    now: () => clock.mono(),
    onChange() {
      const trouble = announcer.trouble()
      if (trouble && trouble !== logged) log.warn({ code: trouble }, 'a call was not spoken as it should')
      logged = trouble
      changed('announcement')
      changed('desk')
    },
  })
  const style = styleOf(profile, clips)
  // What was called before this start is known to whoever it concerned.
  let seen = head()

  function head(): { generation: number; seq: number } {
    const generation = repositories.device.get()?.generation ?? 1
    return { generation, seq: repositories.events.head(generation).seq }
  }

  /** The zone, or why this PC does not speak for it. */
  function place() {
    const config = context.config()
    const device = repositories.device.get()
    if (!config || !device) return 'not_yet'
    const zone = config.zones?.find(({ id }) => id === profile.zone)
    if (!zone) return 'VOICE_ZONE_UNKNOWN'
    if (zone.speakerId !== device.role_id) return 'VOICE_NOT_SPEAKER'
    // Another PC of this counter has its session: that one speaks. Closed is not gone: it keeps the session it had.
    if (device.role_kind === 'counter' && repositories.desk.get().counter === null) return 'VOICE_ELSEWHERE'
    return { config, zone, ownId: device.role_id }
  }

  function call(counterId: string, label: string, entry: string, calledAt: number): void {
    const here = place()
    if (typeof here === 'string' || !here.zone.counterIds.includes(counterId)) return
    const counter = here.config.counters.find(({ id }) => id === counterId)
    const age = Math.max(0, mallNow(context) - calledAt)
    if (!counter || age >= LATE_MS) return
    const readings = readingsOf({ label, counterName: counter.name, agencyId: counter.agencyId })
    if (readings) announcer.call({ counterId, entry, expiresAt: clock.mono() + EXPIRY_MS - age, readings })
    else log.warn({ label, counter: counter.name }, 'nobody can say this')
  }

  /** The chime comes before the first one only. */
  function readingsOf(what: Announced) {
    const first = announcementClips(what, style)
    const again = announcementClips(what, { ...style, chime: false })
    return first && again && [first, ...Array.from({ length: profile.repeats - 1 }, () => again)]
  }

  function ownFact(fact: EventBody): void {
    if (!isEntryEvent(fact) || fact.counterId === null) return
    const entry = entryOf(fact.data)
    const label = CALLS.has(fact.type) ? repositories.entries.get(fact.data)?.label : undefined
    if (label === undefined) announcer.over({ counterId: fact.counterId, entry })
    else call(fact.counterId, label, entry, mallTime(fact))
  }

  function health(): DeviceHealth {
    const here = place()
    if (here === 'not_yet') return { state: 'connecting' }
    if (here === 'VOICE_ELSEWHERE') return { state: 'ready', hint: here }
    if (typeof here === 'string') return { state: 'failed', code: here, detail: profile.zone }
    const trouble = announcer.trouble()
    if (trouble) return { state: 'failed', code: trouble, detail: profile.zone }
    const hint = clips.refusal()
    return hint ? { state: 'ready', hint } : { state: 'ready' }
  }

  return {
    health,
    announcement: () => (typeof place() === 'string' ? null : announcer.announcement()),
    clips(names, undecodable) {
      if (typeof place() === 'string') return null
      for (const name of undecodable) clips.refuseOwn(name)
      return clipsFor(clips, names)
    },
    begin: (id, durationMs) => typeof place() !== 'string' && announcer.begin(id, durationMs),
    ended: (id, wasHeard) => announcer.ended(id, wasHeard),
    deskChanged() {
      const newest = head()
      const from = newest.generation === seen.generation ? seen.seq : 0
      seen = newest
      const facts = repositories.events.after(
        newest.generation,
        Math.max(from, newest.seq - NEWEST_FACTS),
        NEWEST_FACTS,
      )
      for (const { body } of facts) ownFact(JSON.parse(body) as EventBody)
    },
    zoneCalled(change) {
      // The own log knows better, and earlier.
      if (change.counterId === repositories.device.get()?.role_id) return
      const entry = entryOf(change)
      if (change.calledAt === null) announcer.over({ counterId: change.counterId, entry })
      else call(change.counterId, change.label, entry, change.calledAt)
    },
    stop: () => announcer.stop(),
  }
}

function entryOf({ visitId, entryNo }: { visitId: string; entryNo: number }): string {
  return `${visitId}/${entryNo}`
}
