/** Text as the plainest display and printer can show it: printable ASCII, one byte per character, in every code page. */

/** Characters that Unicode does not decompose but people do write in Latin letters. */
const SPELLINGS: Record<string, string> = {
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '•': '*',
  '·': '*',
  '×': 'x',
  '⁄': '/',
  '°': ' deg',
  '±': '+/-',
  '€': 'EUR',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
}

/** The characters of a text that have no Latin spelling, each once. */
export function unspellable(text: string): string[] {
  const chars = Array.from(text.normalize('NFC'))
  return [...new Set(chars.filter((char) => char !== '?' && toAscii(char).includes('?')))]
}

/** Before ½ and its like: with 1 in front, "11/2" would be another number. */
const WHOLE_BEFORE_FRACTION = /(?<=\d)(?=[¼-¾⅐-⅞])/g

/** Accents and what has no width are dropped, line breaks and tabs become a space, what has no Latin spelling becomes '?'. */
export function toAscii(text: string): string {
  let ascii = ''
  for (const char of text.replace(WHOLE_BEFORE_FRACTION, ' ').normalize('NFKD')) {
    if (/[\p{M}\p{Cf}]/u.test(char)) continue
    if (/\s/.test(char)) ascii += ' '
    else if (/[\x21-\x7e]/.test(char)) ascii += char
    else ascii += SPELLINGS[char] ?? '?'
  }
  return ascii
}
