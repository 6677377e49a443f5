/** How a profile wants calls to be said. */
import type { ClipFiles } from '#main/host/devices/voice/clip-files.ts'
import type { Style } from '#main/host/devices/voice/sentence.ts'
import type { VoiceProfile } from '#main/host/devices/voice/voice-profile.ts'

export function styleOf({ reading, languages, chime }: VoiceProfile, clips: ClipFiles): Style {
  return {
    reading,
    languages: languages === 'id' ? ['id'] : ['id', 'en'],
    chime,
    hasClip: (name) => clips.read(name) !== null,
  }
}
