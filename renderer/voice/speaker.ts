/**
 * Speaks announcements through the PC's loudspeaker: decodes each clip once, claims the announcement, plays it without gaps
 * and says when it ended. A newer value silences what an older one still says.
 */
import type { Announcement } from '#contract/voice.ts'
import type { LoketClient } from '#renderer/transport/pipe.ts'

export type Speaker = {
  /** The newest value of the topic. */
  announce(value: Announcement | null): void
  /** To be called in a gesture: browsers let no page sound before one. */
  resume(): void
  close(): void
}

/** Nothing is scheduled in the past while the last clip is put in place. */
const LEAD_SECONDS = 0.05
const START_MS = 500

/** `onSilenced` hears whether the browser keeps the page silent until somebody touches it. */
export function createSpeaker(client: LoketClient, onSilenced: (isSilenced: boolean) => void): Speaker {
  const audio = new AudioContext()
  const decoded = new Map<string, AudioBuffer>()
  let current: Announcement | null = null
  let isClaimed = false
  let output: GainNode | null = null

  const tellState = () => onSilenced(audio.state === 'suspended')
  // Where it may sound it still begins suspended, for a moment that needs no button.
  const firstTold = setTimeout(tellState, START_MS)
  audio.onstatechange = () => {
    tellState()
    if (audio.state === 'running') void speak()
  }

  function silence(): void {
    output?.disconnect()
    output = null
  }

  async function speak(): Promise<void> {
    const announcement = current
    // A silenced page leaves it to another screen, or speaks when it may.
    if (!announcement || isClaimed || audio.state !== 'running') return
    const sounds = await soundsOf(announcement)
    if (sounds === 'unanswered' || current !== announcement || isClaimed) return
    isClaimed = true
    const { id } = announcement
    const begun = await client.invoke('voice.begin', {
      id,
      durationMs: sounds ? Math.ceil(lengthOf(sounds) * 1_000) : 0,
    })
    if (current !== announcement) return
    if (!begun.ok) {
      // Without an answer it may still be its turn: it tries again when it is told the same again, as by a new connection.
      isClaimed = begun.code === 'VOICE_OVER'
      return
    }
    const wasHeard = sounds !== null && (await play(sounds, announcement.volume))
    if (current === announcement) await client.invoke('voice.ended', { id, wasHeard })
  }

  /** Null when a word is missing that may not be. */
  async function soundsOf({ clips }: Announcement): Promise<Sound[] | null | 'unanswered'> {
    const missing = [...new Set(clips.map(({ name }) => name))].filter((name) => !decoded.has(name))
    const broken = await load(missing, [])
    // The mall's own clip may be no sound at all: then the one that comes with Loket.
    if (!broken || !(await load(broken, broken))) return 'unanswered'
    const sounds = clips.flatMap(({ name, pauseMs, isOptional }) => {
      const buffer = decoded.get(name)
      if (buffer) return { buffer, pause: pauseMs / 1_000 }
      return isOptional ? [] : null
    })
    return sounds.every((sound) => sound !== null) ? sounds : null
  }

  /** Which came and are no sound; null without an answer. */
  async function load(names: string[], undecodable: string[]): Promise<string[] | null> {
    if (names.length === 0) return []
    const result = await client.invoke('voice.clips', { names, undecodable })
    if (!result.ok) return null
    await Promise.all(
      result.data.clips.map(async ({ name, data }) => {
        const buffer = await audio.decodeAudioData(bytesOf(data)).catch(() => null)
        if (buffer) decoded.set(name, buffer)
      }),
    )
    return result.data.clips.map(({ name }) => name).filter((name) => !decoded.has(name))
  }

  /** Resolves at the end; false when it was silenced before. */
  function play(sounds: readonly Sound[], volume: number): Promise<boolean> {
    silence()
    const gain = new GainNode(audio, { gain: volume / 100 })
    gain.connect(audio.destination)
    output = gain
    let at = audio.currentTime + LEAD_SECONDS
    let last: AudioBufferSourceNode | null = null
    for (const { buffer, pause } of sounds) {
      last = new AudioBufferSourceNode(audio, { buffer })
      last.connect(gain)
      last.start(at)
      at += buffer.duration + pause
    }
    return new Promise((resolve) => {
      if (last) last.onended = () => resolve(output === gain)
      else resolve(false)
    })
  }

  return {
    announce(value) {
      if (value?.id !== current?.id) {
        silence()
        current = value
        isClaimed = false
      }
      void speak()
    },
    resume() {
      if (audio.state === 'suspended') void audio.resume()
    },
    close() {
      current = null
      silence()
      audio.onstatechange = null
      clearTimeout(firstTold)
      void audio.close()
    },
  }
}

/** Seconds. */
type Sound = { buffer: AudioBuffer; pause: number }

/** Up to the end of the last sound. */
function lengthOf(sounds: readonly Sound[]): number {
  const whole = sounds.reduce((sum, { buffer, pause }) => sum + buffer.duration + pause, LEAD_SECONDS)
  return whole - (sounds.at(-1)?.pause ?? 0)
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)).buffer
}
