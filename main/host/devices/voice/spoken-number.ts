/** Whole numbers from 0 to 9999 as the words that people say, one clip name each. */
import { DIGITS, ENGLISH_TEENS, ENGLISH_TENS, type VoiceLanguage } from '#main/host/devices/voice/clip-names.ts'

export const HIGHEST_SPOKEN = 9_999

/** Throws RangeError for what is not a whole number from 0 to 9999. */
export function spokenNumber(n: number, language: VoiceLanguage): string[] {
  if (!Number.isInteger(n) || n < 0 || n > HIGHEST_SPOKEN) throw new RangeError(`${n} is not spoken as a number`)
  if (n === 0) return [DIGITS[language][0]]
  return language === 'id' ? indonesian(n) : english(n)
}

/** "012" -> nol, satu, dua. Throws RangeError for anything but digits. */
export function spokenDigits(digits: string, language: VoiceLanguage): string[] {
  return [...digits].map((one) => digitWord(Number(one), language))
}

function indonesian(n: number): string[] {
  const below100 = n % 100
  const [tens, ones] = [Math.floor(below100 / 10), below100 % 10]
  const unit = ones === 0 ? [] : [digitWord(ones, 'id')]
  return [
    ...indonesianRound(Math.floor(n / 1_000), 'seribu', 'ribu'),
    ...indonesianRound(Math.floor(n / 100) % 10, 'seratus', 'ratus'),
    ...(below100 === 10
      ? ['sepuluh']
      : below100 === 11
        ? ['sebelas']
        : tens === 1
          ? [...unit, 'belas']
          : tens === 0
            ? unit
            : [digitWord(tens, 'id'), 'puluh', ...unit]),
  ]
}

/** One of it is a word of its own: seratus, seribu. */
function indonesianRound(count: number, one: string, many: string): string[] {
  if (count === 0) return []
  return count === 1 ? [one] : [digitWord(count, 'id'), many]
}

function english(n: number): string[] {
  const [thousands, hundreds, below100] = [Math.floor(n / 1_000), Math.floor(n / 100) % 10, n % 100]
  const large = [
    ...(thousands === 0 ? [] : [digitWord(thousands, 'en'), 'thousand']),
    ...(hundreds === 0 ? [] : [digitWord(hundreds, 'en'), 'hundred']),
  ]
  return [...large, ...(large.length > 0 && below100 > 0 ? ['and'] : []), ...englishBelow100(below100)]
}

function englishBelow100(n: number): string[] {
  const ones = n % 10
  const unit = ones === 0 ? [] : [digitWord(ones, 'en')]
  if (n < 10) return unit
  if (n < 20) return [wordAt(ENGLISH_TEENS, n - 10)]
  return [wordAt(ENGLISH_TENS, Math.floor(n / 10) - 2), ...unit]
}

function digitWord(digit: number, language: VoiceLanguage): string {
  return wordAt(DIGITS[language], digit)
}

function wordAt(words: readonly string[], index: number): string {
  const word = words[index]
  if (word === undefined) throw new RangeError(`no word at ${index}`)
  return word
}
