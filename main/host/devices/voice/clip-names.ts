/** Every word that an announcement can hold: its clip's name, and what is said in it. */

export type VoiceLanguage = 'id' | 'en'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const letters = (prefix: string) => Object.fromEntries(LETTERS.map((letter) => [`${prefix}-${letter}`, letter]))
const asSpelled = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, word]))

export const DIGITS = {
  id: ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
} as const satisfies Record<VoiceLanguage, readonly string[]>

/** From ten to nineteen. */
export const ENGLISH_TEENS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const
/** From twenty to ninety. */
export const ENGLISH_TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const
const INDONESIAN_ROUND = ['sepuluh', 'sebelas', 'belas', 'puluh', 'seratus', 'ratus', 'seribu', 'ribu'] as const

/** File name without its ending -> what is said. Numbers and letters are joined word by word. */
export const CLIP_TEXTS: Readonly<Record<VoiceLanguage, Readonly<Record<string, string>>>> = {
  id: {
    'nomor-antrean': 'nomor antrean',
    'silakan-menuju-loket': 'silakan menuju loket',
    ...asSpelled([...DIGITS.id, ...INDONESIAN_ROUND]),
    ...letters('huruf'),
  },
  en: {
    number: 'number',
    'please-proceed-to-counter': 'please proceed to counter',
    ...asSpelled([...DIGITS.en, ...ENGLISH_TEENS, ...ENGLISH_TENS, 'hundred', 'thousand', 'and']),
    ...letters('letter'),
  },
}

/** Two tones before the words; no language, but it lies with the Indonesian clips. */
export const CHIME_CLIP = 'id/bel'

/** Every clip that comes with Loket, as `language/name`. */
export const BUILT_IN_CLIPS: ReadonlySet<string> = new Set([
  CHIME_CLIP,
  ...Object.entries(CLIP_TEXTS).flatMap(([language, texts]) => Object.keys(texts).map((name) => `${language}/${name}`)),
])

/** A mall may record its agencies' names; Loket brings none. */
export function agencyClip(language: VoiceLanguage, agencyId: string): string {
  return `${language}/agency-${agencyId}`
}
