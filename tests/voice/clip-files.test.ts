import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createClipFiles, LARGEST_CLIP } from '#main/host/devices/voice/clip-files.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const WAV = 'RIFF....WAVEfmt '

/** `own` by file name; the built-in folder has `id/satu` only. */
function prepare(own: Record<string, string | Uint8Array> = {}) {
  const folders = { builtIn: tempFolder(), own: tempFolder() }
  for (const folder of Object.values(folders)) mkdirSync(join(folder, 'id'))
  writeFileSync(join(folders.builtIn, 'id/satu.opus'), 'OggS built in')
  for (const [name, content] of Object.entries(own)) writeFileSync(join(folders.own, 'id', name), content)
  const refused: [string, string][] = []
  const files = createClipFiles(folders, (clip, code) => refused.push([clip, code]))
  const text = (name: string) => {
    const bytes = files.read(name)
    return bytes && Buffer.from(bytes).toString('latin1')
  }
  return { files, folders, refused, text }
}

describe('the clips on disk', () => {
  test('are the built-in ones where the mall has none, and none where nobody has one', () => {
    const { text, refused } = prepare()
    expect([text('id/satu'), text('id/agency-polres'), text('en/one')]).toEqual(['OggS built in', null, null])
    expect(refused).toEqual([])
  })

  test('are the mall’s own in any of four endings', () => {
    for (const [ending, content] of Object.entries({
      wav: WAV,
      mp3: 'ID3 tag',
      ogg: 'OggS own',
      opus: 'OggS own',
    })) {
      expect(prepare({ [`satu.${ending}`]: content }).text('id/satu')).toBe(content)
    }
    const frame = Uint8Array.of(0xff, 0xfb, 0x90, 0x64)
    expect(prepare({ 'satu.mp3': frame }).files.read('id/satu')).toEqual(Buffer.from(frame))
  })

  test('one that is no sound, empty, a folder or too large is passed over, said once, and the built-in one used', () => {
    for (const content of ['', 'hello', 'RIFF....AVI ']) {
      const { text, files, refused } = prepare({ 'satu.wav': content })
      expect([text('id/satu'), text('id/satu')]).toEqual(['OggS built in', 'OggS built in'])
      expect(refused).toEqual([['id/satu.wav', 'VOICE_CLIP_BROKEN']])
      expect(files.refusal()).toBe('VOICE_CLIP_BROKEN')
    }
    const folder = prepare()
    mkdirSync(join(folder.folders.own, 'id/satu.wav'))
    expect(folder.text('id/satu')).toBe('OggS built in')
    expect(folder.refused).toEqual([['id/satu.wav', 'VOICE_CLIP_BROKEN']])
    const large = prepare({ 'satu.wav': WAV })
    truncateSync(join(large.folders.own, 'id/satu.wav'), LARGEST_CLIP + 1)
    expect(large.text('id/satu')).toBe('OggS built in')
    expect(large.files.refusal()).toBe('VOICE_CLIP_TOO_LARGE')
  })

  test('a device in the place of a clip is not read', () => {
    const { folders, text, refused } = prepare()
    symlinkSync('/dev/zero', join(folders.own, 'id/satu.wav'))
    expect(text('id/satu')).toBe('OggS built in')
    expect(refused).toEqual([['id/satu.wav', 'VOICE_CLIP_BROKEN']])
  })

  test('a broken one does not hide a good one of the same name', () => {
    expect(prepare({ 'satu.wav': 'broken', 'satu.ogg': 'OggS own' }).text('id/satu')).toBe('OggS own')
  })

  test('one that a screen could not decode is not used again; the built-in one is not refused', () => {
    const { files, text, refused } = prepare({ 'satu.wav': WAV })
    files.refuseOwn('id/satu')
    files.refuseOwn('id/dua')
    expect(text('id/satu')).toBe('OggS built in')
    expect(refused).toEqual([['id/satu', 'VOICE_CLIP_BROKEN']])
  })
})
