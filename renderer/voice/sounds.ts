/** Clips as sounds that can be played one after the other. */
import type { Announcement, Clip } from '#contract/voice.ts'

/** `pause`: silence after it, in seconds. */
export type Sound = { buffer: AudioBuffer; pause: number }

/** Puts what can be decoded into `decoded`, by its name; what is no sound is passed over. */
export async function decodeClips(
  audio: BaseAudioContext,
  clips: readonly Clip[],
  decoded: Map<string, AudioBuffer>,
): Promise<void> {
  await Promise.all(
    clips.map(async ({ name, data }) => {
      const buffer = await audio.decodeAudioData(bytesOf(data)).catch(() => null)
      if (buffer) decoded.set(name, buffer)
    }),
  )
}

/** Null when a word is missing that may not be. */
export function soundsOf({ clips }: Announcement, decoded: ReadonlyMap<string, AudioBuffer>): Sound[] | null {
  const sounds = clips.flatMap(({ name, pauseMs, isOptional }) => {
    const buffer = decoded.get(name)
    if (buffer) return { buffer, pause: pauseMs / 1_000 }
    return isOptional ? [] : null
  })
  return sounds.every((sound) => sound !== null) ? sounds : null
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)).buffer
}
