/** How the built-in clips say the letter e: spelling does not tell a schwa from the e of "es", and the engine guesses. */
import { expect, test } from 'vitest'
import { CLIP_TEXTS } from '#main/host/devices/voice/clip-names.ts'
import { PHONEMES } from '#scripts/voice-phonemes.ts'

/** The engine is told; as a dictionary writes them, é for the e of "es". */
const TOLD = ['silakan menuju lokét', 'empat', 'enam', 'belas', 'sebelas']
/** espeak-ng 1.51 says these right by itself: antR2'Ean, d@l'apan, s@mb'ilan, s@p'uluh, s@R2'atus, s@R2'ibu. */
const GUESSED = ['nomor antrean', 'delapan', 'sembilan', 'sepuluh', 'seratus', 'seribu']

const spelled = (word: string) => word.replaceAll('é', 'e')
const withE = Object.entries(CLIP_TEXTS.id).filter(([name, text]) => !name.startsWith('huruf-') && text.includes('e'))

test('the engine is told every Indonesian word whose e it guesses wrong', () => {
  expect(withE.map(([, text]) => text).toSorted()).toEqual([...TOLD.map(spelled), ...GUESSED].toSorted())
  const told = withE.filter(([name]) => `id/${name}` in PHONEMES).map(([, text]) => text)
  expect(told.toSorted()).toEqual(TOLD.map(spelled).toSorted())
})

test.each(TOLD)('%s is said with the right e', (word) => {
  const [name] = withE.find(([, text]) => text === spelled(word)) ?? []
  const said = PHONEMES[`id/${name}`]?.match(/[@Ee]/g)?.map((one) => (one === '@' ? 'e' : 'é'))
  expect(said).toEqual(word.match(/[eé]/g))
})
