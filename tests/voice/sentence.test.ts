import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_CLIPS, CLIP_TEXTS } from '#main/host/devices/voice/clip-names.ts'
import { announcementClips, type Style } from '#main/host/devices/voice/sentence.ts'
import { spokenDigits, spokenNumber } from '#main/host/devices/voice/spoken-number.ts'

const EVERY_NUMBER = Array.from({ length: 10_000 }, (_, n) => n)

/** Reads words back by adding and multiplying, without knowing how they were made. */
function heardIndonesian(words: readonly string[]): number {
  const UNITS: Record<string, number> = {
    ...{ nol: 0, satu: 1, dua: 2, tiga: 3, empat: 4, lima: 5, enam: 6, tujuh: 7, delapan: 8, sembilan: 9 },
  }
  let total = 0
  let pending = 0
  for (const word of words) {
    if (word in UNITS) pending += UNITS[word] ?? Number.NaN
    else if (word === 'sepuluh') total += 10
    else if (word === 'sebelas') total += 11
    else if (word === 'seratus') total += 100
    else if (word === 'seribu') total += 1_000
    else {
      const scale = { belas: 1, puluh: 10, ratus: 100, ribu: 1_000 }[word] ?? Number.NaN
      // A scale needs something to multiply, and nobody says "satu puluh", "satu ratus" or "satu belas".
      if (pending < 2) return Number.NaN
      total += pending * scale + (word === 'belas' ? 10 : 0)
      pending = 0
    }
  }
  return total + pending
}

function heardEnglish(words: readonly string[]): number {
  const ones = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'
  const small = [...ones.split(' '), 'seventeen', 'eighteen', 'nineteen']
  const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
  let total = 0
  let pending = 0
  for (const word of words) {
    if (word === 'and') continue
    if (small.includes(word)) pending += small.indexOf(word)
    else if (tens.includes(word)) pending += 20 + tens.indexOf(word) * 10
    else {
      total += pending * ({ hundred: 100, thousand: 1_000 }[word] ?? Number.NaN)
      pending = 0
    }
  }
  return total + pending
}

describe('a number', () => {
  test.each([
    ['id', heardIndonesian],
    ['en', heardEnglish],
  ] as const)('from 0 to 9999 is said in %s by known clips, and heard as the same number', (language, heard) => {
    const known = CLIP_TEXTS[language]
    for (const n of EVERY_NUMBER) {
      const words = spokenNumber(n, language)
      expect([n, words.filter((word) => !(word in known))]).toEqual([n, []])
      expect(heard(words)).toBe(n)
    }
  })

  test.each([
    [0, 'nol'],
    [10, 'sepuluh'],
    [11, 'sebelas'],
    [12, 'dua belas'],
    [19, 'sembilan belas'],
    [20, 'dua puluh'],
    [21, 'dua puluh satu'],
    [100, 'seratus'],
    [101, 'seratus satu'],
    [110, 'seratus sepuluh'],
    [111, 'seratus sebelas'],
    [112, 'seratus dua belas'],
    [200, 'dua ratus'],
    [999, 'sembilan ratus sembilan puluh sembilan'],
    [1_000, 'seribu'],
    [1_001, 'seribu satu'],
    [1_011, 'seribu sebelas'],
    [1_111, 'seribu seratus sebelas'],
    [2_010, 'dua ribu sepuluh'],
    [9_119, 'sembilan ribu seratus sembilan belas'],
  ])('%i is %s', (n, said) => {
    expect(spokenNumber(n, 'id').join(' ')).toBe(said)
  })

  test.each([
    [12, 'twelve'],
    [40, 'forty'],
    [105, 'one hundred and five'],
    [1_011, 'one thousand and eleven'],
    [2_300, 'two thousand three hundred'],
  ])('%i is %s in English', (n, said) => {
    expect(spokenNumber(n, 'en').join(' ')).toBe(said)
  })

  test('is refused where nobody would say it as one word after the other', () => {
    for (const n of [-1, 1.5, 10_000, Number.NaN]) expect(() => spokenNumber(n, 'id')).toThrow(RangeError)
    expect(() => spokenDigits('1x', 'id')).toThrow(RangeError)
  })
})

const PLAIN: Style = { reading: 'digits', languages: ['id'], chime: false, hasClip: () => false }

function said(label: string, counterName: string, style: Partial<Style> = {}): string {
  const clips = announcementClips({ label, counterName, agencyId: 'polres' }, { ...PLAIN, ...style })
  return clips?.map(({ name }) => name.replace(/^id\//, '')).join(' ') ?? 'nothing'
}

describe('an announcement', () => {
  test.each([
    ['A-012', '3', 'digits', 'nomor-antrean huruf-a nol satu dua silakan-menuju-loket tiga'],
    ['A-012', '3', 'number', 'nomor-antrean huruf-a dua belas silakan-menuju-loket tiga'],
    ['4K-07', '12A', 'digits', 'nomor-antrean empat huruf-k nol tujuh silakan-menuju-loket dua belas huruf-a'],
    ['1A-110', '03', 'number', 'nomor-antrean satu huruf-a seratus sepuluh silakan-menuju-loket tiga'],
    ['L03-12', '100', 'digits', 'nomor-antrean huruf-l nol tiga satu dua silakan-menuju-loket seratus'],
    ['L03-1012', '11', 'number', 'nomor-antrean huruf-l nol tiga seribu dua belas silakan-menuju-loket sebelas'],
    // Nobody counts to ten thousand in a waiting room.
    ['SK-10012', '1', 'number', 'nomor-antrean huruf-s huruf-k satu nol nol satu dua silakan-menuju-loket satu'],
  ] as const)('of %s at counter %s, read as %s', (label, counterName, reading, words) => {
    expect(said(label, counterName, { reading })).toBe(words)
  })

  test('begins with the chime and repeats itself in English, when the desk wants that', () => {
    expect(said('A-012', '3', { reading: 'number', languages: ['id', 'en'], chime: true })).toBe(
      'bel nomor-antrean huruf-a dua belas silakan-menuju-loket tiga en/number en/letter-a en/twelve en/please-proceed-to-counter en/three',
    )
  })

  test('ends with the agency where the mall has recorded its name', () => {
    expect(said('A-012', '3', { hasClip: (name) => name === 'id/agency-polres' })).toMatch(/tiga agency-polres$/)
  })

  test('pauses at the comma and at the end, and hardly inside a number', () => {
    const clips = announcementClips(
      { label: 'A-012', counterName: '21', agencyId: 'polres' },
      { ...PLAIN, reading: 'number' },
    )
    expect(clips?.map(({ pauseMs }) => pauseMs)).toEqual([70, 70, 20, 280, 20, 20, 20, 600])
  })

  test('of a number that is none is not said', () => {
    expect(said('A012', '3')).toBe('nothing')
    expect(said('A-012', 'Tiga')).toBe('nothing')
  })

  test('whatever is called, is said by clips that Loket brings', () => {
    const label = fc.stringMatching(/^([0-9]?[A-Z]{1,3}|L[0-9]{2,4})-[0-9]{2,6}$/)
    const counterName = fc.stringMatching(/^[0-9]{1,3}[A-Z]?$/)
    const style = fc.record({
      reading: fc.constantFrom('digits' as const, 'number' as const),
      languages: fc.constantFrom(['id'] as const, ['id', 'en'] as const),
      chime: fc.boolean(),
      hasClip: fc.constant(() => false),
    })
    fc.assert(
      fc.property(label, counterName, style, (text, name, how) => {
        const clips = announcementClips({ label: text, counterName: name, agencyId: 'polres' }, how)
        expect(clips?.filter((clip) => !BUILT_IN_CLIPS.has(clip.name))).toEqual([])
      }),
    )
  })
})
