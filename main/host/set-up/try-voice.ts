/** A call that nobody made, said as a draft of the voice wants it. It enters no queue: only the screen that asked plays it. */
import type { MethodOutput } from '#contract/desk-api.ts'
import type { DeviceConfig } from '#contract/mall-config.ts'
import { type ClipFiles, clipsFor } from '#main/host/devices/voice/clip-files.ts'
import { announcementClips, offered } from '#main/host/devices/voice/sentence.ts'
import { styleOf } from '#main/host/devices/voice/style.ts'
import type { VoiceProfile } from '#main/host/devices/voice/voice-profile.ts'

/** Before the PC is enrolled, and where it speaks for nobody. */
const INVENTED = { name: '3', agencyId: '' }

/** `config` and `roleId`: the mall and this PC's place in it, null before it is enrolled. Reads the clips from disk. */
export function sampleAnnouncement(
  profile: VoiceProfile,
  config: DeviceConfig | null,
  roleId: string | null,
  files: ClipFiles,
): MethodOutput<'devices.tryVoice'> {
  const { name, agencyId } = spokenFor(profile.zone, config, roleId)
  const clips = announcementClips({ label: 'A-012', counterName: name, agencyId }, styleOf(profile, files))
  // The mall's configuration lets no such name through.
  if (!clips) throw new Error(`nobody can say the counter's name ${name}`)
  return {
    announcement: { id: 'sample', clips: offered(clips), volume: profile.volume },
    clips: clipsFor(files, [...new Set(clips.map((clip) => clip.name))]),
  }
}

/** A front desk has no counter of its own: the first one of its zone. */
function spokenFor(zoneId: string, config: DeviceConfig | null, roleId: string | null) {
  const counter = (id: string | null | undefined) => config?.counters.find((one) => one.id === id)
  const zone = config?.zones?.find(({ id }) => id === zoneId)
  return counter(roleId) ?? counter(zone?.counterIds[0]) ?? INVENTED
}
