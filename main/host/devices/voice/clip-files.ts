/** Clips on disk: the mall's own before those that come with Loket. Nothing here throws; a file that cannot serve is passed over. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clip } from '#contract/voice.ts'

/** In this order; what is inside counts, not the ending. */
const ENDINGS = ['wav', 'mp3', 'ogg', 'opus']
/** Six seconds of uncompressed sound: more is not one word. */
export const LARGEST_CLIP = 1_000_000

export type ClipRefusal = 'VOICE_CLIP_BROKEN' | 'VOICE_CLIP_TOO_LARGE'

/** The mall's own need not exist. */
export type ClipFolders = { builtIn: string; own: string }

export type ClipFiles = {
  /** The bytes of `language/name` (a name of the contract: no path leads out of the folders), or null. */
  read(name: string): Uint8Array | null
  /** The mall's own clip could not be decoded: from now on only the built-in one counts. */
  refuseOwn(name: string): void
  /** The newest reason for which one of the mall's own clips is not used. */
  refusal(): ClipRefusal | null
}

/** `onRefused` is told once per clip. */
export function createClipFiles(folders: ClipFolders, onRefused: (clip: string, code: ClipRefusal) => void): ClipFiles {
  const refused = new Map<string, ClipRefusal>()
  const undecodable = new Set<string>()

  function refuse(clip: string, code: ClipRefusal): null {
    if (refused.get(clip) !== code) onRefused(clip, code)
    refused.set(clip, code)
    return null
  }

  function readOwn(name: string): Uint8Array | null {
    for (const ending of ENDINGS) {
      const clip = `${name}.${ending}`
      const bytes = readSound(join(folders.own, clip))
      if (bytes === 'VOICE_CLIP_BROKEN' || bytes === 'VOICE_CLIP_TOO_LARGE') refuse(clip, bytes)
      else if (bytes) return bytes
    }
    return null
  }

  return {
    read(name) {
      const own = undecodable.has(name) ? null : readOwn(name)
      if (own) return own
      const builtIn = readSound(join(folders.builtIn, `${name}.opus`))
      return typeof builtIn === 'string' ? null : builtIn
    },
    refuseOwn(name) {
      if (undecodable.has(name) || !readOwn(name)) return
      undecodable.add(name)
      refuse(name, 'VOICE_CLIP_BROKEN')
    },
    refusal: () => [...refused.values()].at(-1) ?? null,
  }
}

/** As a screen gets them. What cannot be read is left out. */
export function clipsFor(files: ClipFiles, names: readonly string[]): Clip[] {
  return names.flatMap((name) => {
    const bytes = files.read(name)
    return bytes ? { name, data: Buffer.from(bytes).toString('base64') } : []
  })
}

/** Null when there is no such file. */
function readSound(file: string): Uint8Array | ClipRefusal | null {
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (!found) return null
    // A pipe or a device would never end.
    if (!found.isFile()) return 'VOICE_CLIP_BROKEN'
    if (found.size > LARGEST_CLIP) return 'VOICE_CLIP_TOO_LARGE'
    const bytes = readFileSync(file)
    return isSound(bytes) ? bytes : 'VOICE_CLIP_BROKEN'
  } catch {
    // There, but not to be read: whoever put it there is told that it does not serve.
    return 'VOICE_CLIP_BROKEN'
  }
}

/** By the first bytes: RIFF WAVE, Ogg, MP3 with an ID3 tag or beginning with a frame (eleven bits set). */
function isSound(bytes: Uint8Array): boolean {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (text(0, 4) === 'RIFF') return text(8, 12) === 'WAVE'
  if (text(0, 4) === 'OggS' || text(0, 3) === 'ID3') return true
  return bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0
}
