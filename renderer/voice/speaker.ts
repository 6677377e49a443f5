/**
 * Speaks announcements through the PC's loudspeaker: decodes each clip once, claims the announcement, plays it without gaps
 * and says when it ended. A newer value silences what an older one still says.
 */
import type { Announcement } from '#contract/voice.ts'
import type { LoketClient } from '#renderer/transport/pipe.ts'
import { lengthOf, type Playing, playSounds } from '#renderer/voice/play-sounds.ts'
import { decodeClips, type Sound, soundsOf } from '#renderer/voice/sounds.ts'

export type Speaker = {
  /** The newest value of the topic. */
  announce(value: Announcement | null): void
  /** To be called in a gesture: browsers let no page sound before one. */
  resume(): void
  close(): void
}

const START_MS = 500

/** `onSilenced` hears whether the browser keeps the page silent until somebody touches it. */
export function createSpeaker(client: LoketClient, onSilenced: (isSilenced: boolean) => void): Speaker {
  const audio = new AudioContext()
  const decoded = new Map<string, AudioBuffer>()
  let current: Announcement | null = null
  let isClaimed = false
  /** Whose clips are on their way: the page's leave to sound often comes while they are asked for. */
  let loading: Announcement | null = null
  let playing: Playing | null = null

  const tellState = () => onSilenced(audio.state === 'suspended')
  // Where it may sound it still begins suspended, for a moment that needs no button.
  const firstTold = setTimeout(tellState, START_MS)
  audio.onstatechange = () => {
    tellState()
    if (audio.state === 'running') void speak()
  }

  function silence(): void {
    playing?.silence()
    playing = null
  }

  async function speak(): Promise<void> {
    const announcement = current
    // A silenced page leaves it to another screen, or speaks when it may.
    if (!announcement || isClaimed || loading === announcement || audio.state !== 'running') return
    loading = announcement
    const sounds = await loaded(announcement)
    if (loading === announcement) loading = null
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
  async function loaded(announcement: Announcement): Promise<Sound[] | null | 'unanswered'> {
    const missing = [...new Set(announcement.clips.map(({ name }) => name))].filter((name) => !decoded.has(name))
    const broken = await load(missing, [])
    // The mall's own clip may be no sound at all: then the one that comes with Loket.
    if (!broken || !(await load(broken, broken))) return 'unanswered'
    return soundsOf(announcement, decoded)
  }

  /** Which came and are no sound; null without an answer. */
  async function load(names: string[], undecodable: string[]): Promise<string[] | null> {
    if (names.length === 0) return []
    const result = await client.invoke('voice.clips', { names, undecodable })
    if (!result.ok) return null
    await decodeClips(audio, result.data.clips, decoded)
    return result.data.clips.map(({ name }) => name).filter((name) => !decoded.has(name))
  }

  /** Resolves at the end; false when it was silenced before. */
  function play(sounds: readonly Sound[], volume: number): Promise<boolean> {
    silence()
    playing = playSounds(audio, sounds, volume)
    return playing.ended
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
