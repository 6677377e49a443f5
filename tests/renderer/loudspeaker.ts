/** What comes out of a page's loudspeaker, and the clips that come with Loket. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Announcement, Clip } from '#contract/voice.ts'
import { clipsFor, createClipFiles } from '#main/host/devices/voice/clip-files.ts'
import { announcementClips } from '#main/host/devices/voice/sentence.ts'
import { ROOT } from '#scripts/root.ts'

const files = createClipFiles({ builtIn: join(ROOT, 'voice'), own: join(ROOT, 'none') }, () => {})

type Scheduled = { at: number; seconds: number; samples: number }
type Heard = { scheduled: Scheduled[]; loudness: { at: number; level: number }[]; ended: number }

/** Runs in the page before anything sounds: notes what is scheduled, and listens to all that goes to the loudspeaker. */
export function listen(): void {
  const heard: Heard = { scheduled: [], loudness: [], ended: 0 }
  const outputs: AudioContext[] = []
  Object.assign(window, { heard, outputs })
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options)
      outputs.push(this)
    }
  }
  const { start } = AudioBufferSourceNode.prototype
  AudioBufferSourceNode.prototype.start = function (this: AudioBufferSourceNode, at = 0) {
    const samples = this.buffer?.length ?? 0
    heard.scheduled.push({ at, seconds: this.buffer?.duration ?? 0, samples })
    this.addEventListener('ended', () => {
      heard.ended += 1
    })
    start.call(this, at)
  }
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode
  const listening = function (this: AudioNode, to: AudioNode) {
    if (to instanceof AudioDestinationNode) {
      const ear = new AnalyserNode(to.context, { fftSize: 2_048 })
      connect.call(this, ear)
      const wave = new Float32Array(ear.fftSize)
      setInterval(() => {
        ear.getFloatTimeDomainData(wave)
        // Of a closed output the last moment would be heard for ever.
        const isOpen = to.context.state !== 'closed'
        const level = isOpen ? Math.sqrt(wave.reduce((sum, one) => sum + one * one, 0) / wave.length) : 0
        heard.loudness.push({ at: to.context.currentTime, level })
      }, 20)
    }
    return connect.call(this, to)
  }
  AudioNode.prototype.connect = listening as AudioNode['connect']
}

/**
 * Runs in the page before anything sounds: keeps it silent until somebody touches it, as browsers do. The browser's own rule
 * cannot be waited for here: each look that a driver takes at a page counts as touching it.
 */
export function keepSilentUntilTouched(): void {
  let isTouched = false
  const touch = () => {
    isTouched = true
  }
  for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, touch, { capture: true })
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options)
      void this.suspend()
    }
    override resume(): Promise<void> {
      return isTouched ? super.resume() : Promise.resolve()
    }
  }
}

/** The browser silences the page and lets it sound again, as at the first touch. */
export const changeState = (page: Page) =>
  page.evaluate(async () => {
    for (const output of (window as unknown as { outputs: AudioContext[] }).outputs) {
      await output.suspend()
      await output.resume()
    }
  })

export const heardIn = (page: Page) => page.evaluate(() => (window as unknown as { heard: Heard }).heard)

export function announcement(label: string, counterName: string): Announcement {
  const style = { reading: 'number', languages: ['id'], chime: true, hasClip: () => false } as const
  const clips = announcementClips({ label, counterName, agencyId: 'polres' }, style) ?? []
  return {
    id: `${label}-1`,
    clips: clips.map((clip) => ({ ...clip, isOptional: false })),
    volume: 100,
  }
}

/** As the host sends them. */
export function soundsOf(names: readonly string[]): Clip[] {
  return clipsFor(files, names)
}
