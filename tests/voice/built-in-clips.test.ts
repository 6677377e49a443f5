/** The clips that are committed: all that can be said, and small. How they sound is tested in a browser. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_CLIPS } from '#main/host/devices/voice/clip-names.ts'
import { ROOT } from '#scripts/root.ts'

const VOICE = join(ROOT, 'voice')
const files = ['id', 'en'].flatMap((language) =>
  readdirSync(join(VOICE, language)).map((file) => `${language}/${file}`),
)

describe('the clips that come with Loket', () => {
  test('are every word that can be said, and nothing else', () => {
    expect(files.toSorted()).toEqual([...BUILT_IN_CLIPS].map((clip) => `${clip}.opus`).toSorted())
  })

  test('are Ogg Opus, mono, and small', () => {
    let total = 0
    for (const file of files) {
      const bytes = readFileSync(join(VOICE, file))
      total += bytes.length
      expect([file, bytes.toString('latin1', 0, 4), bytes.toString('latin1', 28, 36)]).toEqual([
        file,
        'OggS',
        'OpusHead',
      ])
      expect([file, bytes[37]]).toEqual([file, 1])
      expect(statSync(join(VOICE, file)).size).toBeGreaterThan(400)
    }
    expect(total).toBeLessThan(500_000)
  })
})
