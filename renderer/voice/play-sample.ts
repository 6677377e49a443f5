/** Plays an announcement that is no call, on an output of its own: a real one beside it is neither cut nor held up. */
import type { MethodOutput } from '#contract/desk-api.ts'
import { playSounds } from '#renderer/voice/play-sounds.ts'
import { decodeClips, soundsOf } from '#renderer/voice/sounds.ts'

export type SampleEnd =
  | { kind: 'played' | 'stopped' }
  /** No sound device, or one that does not take the sound. */
  | { kind: 'silent' }
  /** Clips that are needed and are no sound, or not there. */
  | { kind: 'broken'; names: string[] }

/** The clock of a sound device that is there goes on within this. */
const STUCK_MS = 2_000

/** To be called after a gesture: browsers let no page sound before one. `stop` silences it at once. */
export async function playSample(sample: MethodOutput<'devices.tryVoice'>, stop: AbortSignal): Promise<SampleEnd> {
  const audio = new AudioContext()
  const watch = watchClock(audio)
  const stopped = new Promise<SampleEnd>((resolve) => {
    stop.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true })
  })
  try {
    return await Promise.race([play(audio, sample), watch.silent, stopped])
  } finally {
    watch.end()
    // A device that failed may have closed it already.
    if (audio.state !== 'closed') await audio.close()
  }
}

async function play(
  audio: AudioContext,
  { announcement, clips }: MethodOutput<'devices.tryVoice'>,
): Promise<SampleEnd> {
  const decoded = new Map<string, AudioBuffer>()
  await decodeClips(audio, clips, decoded)
  const sounds = soundsOf(announcement, decoded)
  if (!sounds) {
    const needed = announcement.clips.filter(({ name, isOptional }) => !isOptional && !decoded.has(name))
    return { kind: 'broken', names: [...new Set(needed.map(({ name }) => name))] }
  }
  await playSounds(audio, sounds, announcement.volume).ended
  return { kind: 'played' }
}

/** Browsers tell of a device that failed, or only stop the clock that sounds are played by. */
function watchClock(audio: AudioContext): { silent: Promise<SampleEnd>; end(): void } {
  let before = audio.currentTime
  let timer: ReturnType<typeof setInterval> | undefined
  const silent = new Promise<SampleEnd>((resolve) => {
    const fail = () => resolve({ kind: 'silent' })
    audio.addEventListener('error', fail)
    timer = setInterval(() => {
      if (audio.currentTime === before) fail()
      before = audio.currentTime
    }, STUCK_MS)
  })
  return { silent, end: () => clearInterval(timer) }
}
