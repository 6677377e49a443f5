/** English in letters that nobody types and 40 % longer, so that what no catalogue translated stands out and what has no room shows. */

const PLAIN = 'abcdefghijklmnopqrstuvwxyz'
const STRANGE = 'àƀçđèƒĝĥìĵķľɱñòþɋŕšţùṽŵẋýž'
/** Vowels are some 40 % of a text in either language. */
const VOWELS = /[aeiou]/i

/** Translates an ICU message; what stands in braces is a name or a choice of further messages. */
export function pseudo(message: string): string {
  let out = ''
  let at = 0
  while (at < message.length) {
    if (message[at] === '{') {
      const end = closing(message, at)
      out += `{${argument(message.slice(at + 1, end))}}`
      at = end + 1
    } else {
      out += strange(message[at] ?? '')
      at += 1
    }
  }
  return out
}

/** `count, plural, one {# number} other {# numbers}`: the messages inside, and nothing else. */
function argument(inside: string): string {
  let out = ''
  let at = 0
  while (at < inside.length) {
    if (inside[at] === '{') {
      const end = closing(inside, at)
      out += `{${pseudo(inside.slice(at + 1, end))}}`
      at = end + 1
    } else {
      out += inside[at]
      at += 1
    }
  }
  return out
}

function closing(message: string, open: number): number {
  let depth = 0
  for (let at = open; at < message.length; at += 1) {
    if (message[at] === '{') depth += 1
    if (message[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  throw new Error(`unclosed brace: ${message}`)
}

function strange(letter: string): string {
  const place = PLAIN.indexOf(letter.toLowerCase())
  if (place < 0) return letter
  const small = STRANGE[place] ?? letter
  const other = letter === letter.toLowerCase() ? small : small.toUpperCase()
  return VOWELS.test(letter) ? other + small : other
}

/** For Vite: the English catalogues become pseudo ones. */
export const pseudoCatalogues = {
  name: 'pseudo-catalogues',
  enforce: 'pre' as const,
  transform(code: string, path: string) {
    if (!/renderer\/messages\/.*en\.json$/.test(path.replaceAll('\\', '/'))) return null
    const messages = JSON.parse(code) as Record<string, string>
    return JSON.stringify(Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, pseudo(text)])))
  },
}
