/** Plays sounds without a gap but their pauses, all of them put in place at once on the clock of the loudspeaker. */
import type { Sound } from '#renderer/voice/sounds.ts'

export type Playing = {
  /** At the end of the last sound; false when it was silenced before, or there was nothing to play. */
  ended: Promise<boolean>
  silence(): void
}

/** Nothing is scheduled in the past while the last clip is put in place. */
const LEAD_SECONDS = 0.05

/** `volume` in percent. */
export function playSounds(audio: AudioContext, sounds: readonly Sound[], volume: number): Playing {
  const gain = new GainNode(audio, { gain: volume / 100 })
  gain.connect(audio.destination)
  let isSilenced = false
  let at = audio.currentTime + LEAD_SECONDS
  let last: AudioBufferSourceNode | null = null
  for (const { buffer, pause } of sounds) {
    last = new AudioBufferSourceNode(audio, { buffer })
    last.connect(gain)
    last.start(at)
    at += buffer.duration + pause
  }
  const ended = new Promise<boolean>((resolve) => {
    if (last) last.onended = () => resolve(!isSilenced)
    else resolve(false)
  })
  return {
    ended,
    silence() {
      isSilenced = true
      gain.disconnect()
    },
  }
}

/** Seconds up to the end of the last sound. */
export function lengthOf(sounds: readonly Sound[]): number {
  const whole = sounds.reduce((sum, { buffer, pause }) => sum + buffer.duration + pause, LEAD_SECONDS)
  return whole - (sounds.at(-1)?.pause ?? 0)
}
