/**
 * Finds the place of a JSON syntax error. JSON.parse knows that a text is wrong, but tells the place only for some
 * errors and in words that differ between engine versions.
 */
export type JsonSyntaxError = { offset: number; message: string }

/** A bracket or sign, a text (its plain characters as RFC 8259 lists them), a number or a word. */
const TOKEN =
  /([{}[\],:])|"[\x20\x21\x23-\x5b\x5d-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[\x20\x21\x23-\x5b\x5d-\u{10ffff}]*)*"|(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![\w.])/uy
const BLANKS = /[ \t\r\n]*/y

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing'

/** For a text that JSON.parse refuses. Null when the grammar itself is in order. */
export function findJsonSyntaxError(text: string): JsonSyntaxError | null {
  const open: ('}' | ']')[] = []
  let expected: Expected = 'value'
  let offset = skipBlanks(text, 0)
  while (offset < text.length) {
    TOKEN.lastIndex = offset
    const token = TOKEN.exec(text)
    const next: Expected | null =
      token && step(expected, token[1] ?? (token[0].startsWith('"') ? 'text' : 'other'), open)
    if (!next) return { offset, message: advice(text.charAt(offset), token !== null, expected) }
    expected = next
    offset = skipBlanks(text, TOKEN.lastIndex)
  }
  if (expected === 'nothing') return null
  return { offset, message: `Berkas berakhir terlalu cepat. Lengkapi ${open.at(-1) ?? 'isi'} yang belum ditutup.` }
}

function skipBlanks(text: string, offset: number): number {
  BLANKS.lastIndex = offset
  BLANKS.test(text)
  return BLANKS.lastIndex
}

/** What may follow this token; null when the token is not allowed here. */
function step(expected: Expected, token: string, open: ('}' | ']')[]): Expected | null {
  const afterValue = () => (open.length === 0 ? 'nothing' : 'commaOrEnd')
  switch (token) {
    case '{':
    case '[':
      if (expected !== 'value' && expected !== 'valueOrEnd') return null
      open.push(token === '{' ? '}' : ']')
      return token === '{' ? 'keyOrEnd' : 'valueOrEnd'
    case '}':
    case ']':
      if (open.at(-1) !== token) return null
      if (expected !== 'commaOrEnd' && expected !== 'keyOrEnd' && expected !== 'valueOrEnd') return null
      open.pop()
      return afterValue()
    case ',':
      if (expected !== 'commaOrEnd') return null
      return open.at(-1) === '}' ? 'key' : 'value'
    case ':':
      return expected === 'colon' ? 'value' : null
    default:
      if (token === 'text' && (expected === 'key' || expected === 'keyOrEnd')) return 'colon'
      return expected === 'value' || expected === 'valueOrEnd' ? afterValue() : null
  }
}

function advice(found: string, isToken: boolean, expected: Expected): string {
  if (found === "'") return "Tanda kutip tunggal (') tidak berlaku di JSON. Pakai tanda kutip ganda."
  if (found === '/' || found === '#') return 'Komentar tidak berlaku di JSON. Hapus komentar ini.'
  if (found === '"' && !isToken) {
    return 'Teks ini tidak ditutup pada baris yang sama, atau memuat tanda \\ yang keliru. Periksa tanda kutip penutupnya.'
  }
  if ((found === '}' || found === ']') && (expected === 'key' || expected === 'value')) {
    return `Ada koma atau titik dua tanpa isi sebelum ${found}. Hapus tanda itu atau lengkapi isinya.`
  }
  return EXPECTED_ADVICE[expected]
}

const EXPECTED_ADVICE: Record<Expected, string> = {
  value: 'Di sini harus ada isi. Tulis teks di antara tanda kutip ganda, angka, daftar [ ] atau kelompok { }.',
  valueOrEnd: 'Di sini harus ada isi daftar atau tanda ]. Teks harus di antara tanda kutip ganda.',
  key: 'Di sini harus ada nama isian di antara tanda kutip ganda.',
  keyOrEnd: 'Di sini harus ada nama isian di antara tanda kutip ganda, atau tanda }.',
  colon: 'Setelah nama isian harus ada titik dua (:).',
  commaOrEnd: 'Kurang koma, tanda kutip atau kurung penutup, di sini atau di akhir baris sebelumnya.',
  nothing: 'Ada tulisan berlebih setelah akhir konfigurasi. Hapus.',
}
