/** The text of a configuration file: its value, and the line and column of every part of it. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, visit } from 'yaml'
import { type ConfigPath, type Problem, problem } from '#contract/mall-config-problem.ts'
import { findJsonSyntaxError } from '#server/json-syntax.ts'

/** Line and column count from 1. A problem of the file as a whole stands at 1:1. */
export type FileProblem = Problem & { line: number; column: number }

export type ConfigFormat = 'json' | 'yaml'

export type ParsedText =
  | { ok: true; value: unknown; locate: (found: Problem) => FileProblem }
  | { ok: false; problems: FileProblem[] }

export function parseConfigText(text: string, format: ConfigFormat): ParsedText {
  const lines = lineCounterOf(text)
  const place = (found: Problem, offset: number): FileProblem => {
    const { line, col } = lines.linePos(offset)
    return { ...found, line, column: col }
  }
  const refuse = (rule: string, message: string, offset: number): ParsedText => ({
    ok: false,
    problems: [place(problem([], rule, message), offset)],
  })

  if (format === 'json') {
    const wrong = findJsonSyntaxError(text)
    if (wrong) return refuse('SYNTAX', wrong.message, wrong.offset)
  }
  // JSON goes through the YAML reader too, only to learn where each value stands.
  const document = parseDocument(text, {
    logLevel: 'error',
    prettyErrors: false,
    stringKeys: true,
    // The reader's own check compares every key with every other one; repeatedKeys does it in one pass.
    uniqueKeys: false,
  })
  try {
    if (format === 'yaml') {
      const [wrong] = document.errors
      if (wrong) return refuse('SYNTAX', YAML_ADVICE[wrong.code] ?? YAML_ADVICE.OTHER, wrong.pos[0])
    }
    const repeated = repeatedKeys(document.contents, [])
    if (repeated.length > 0) return { ok: false, problems: repeated.map(({ found, offset }) => place(found, offset)) }
    const value: unknown = format === 'json' ? JSON.parse(text) : document.toJS()
    return { ok: true, value, locate: (found) => place(found, offsetOf(document, found.at)) }
  } catch (error) {
    if (error instanceof ReferenceError) return refuse('ALIAS', ALIAS_ADVICE, firstLooseAlias(document))
    throw error
  }
}

const ALIAS_ADVICE =
  'Acuan (*nama) tidak dapat dipakai: jangkarnya (&nama) belum ada sebelum baris ini, atau acuannya terlalu banyak. Tulis isinya langsung.'

/** Only the first syntax error is shown: what follows it is usually its consequence. */
const YAML_ADVICE: { OTHER: string; [code: string]: string } = {
  OTHER: 'Penulisan YAML tidak terbaca di sini. Periksa spasi di awal baris, titik dua, tanda kurung dan tanda kutip.',
  RESOURCE_EXHAUSTION: 'Kurung atau tingkat isian terlalu banyak. Periksa kurung yang belum ditutup.',
  BAD_INDENT: 'Spasi di awal baris atau kurung penutup tidak cocok. Samakan dengan baris yang setingkat.',
  TAB_AS_INDENT: 'Tab tidak boleh dipakai di awal baris. Ganti dengan spasi.',
  BLOCK_AS_IMPLICIT_KEY:
    'Ada dua titik dua pada satu isian, atau spasi di awal baris berlebih. Apit teks dengan tanda kutip atau samakan spasinya.',
  MULTILINE_IMPLICIT_KEY: 'Nama isian tidak diikuti titik dua pada baris yang sama. Tambahkan titik dua (:).',
  MISSING_CHAR: 'Ada tanda kutip, kurung atau koma yang belum ditulis. Lengkapi.',
  BAD_SCALAR_START: 'Teks tidak boleh diawali tanda ini. Apit teks dengan tanda kutip.',
  BAD_DQ_ESCAPE: 'Tanda \\ di dalam tanda kutip ganda keliru. Tulis \\\\ atau pakai tanda kutip tunggal.',
  NON_STRING_KEY: 'Nama isian harus berupa teks.',
  MULTIPLE_DOCS: 'Berkas memuat lebih dari satu dokumen (---). Sisakan satu.',
}

function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
}

type Located = { found: Problem; offset: number }

function repeatedKeys(node: unknown, at: ConfigPath): Located[] {
  if (isSeq(node)) return node.items.flatMap((item, index) => repeatedKeys(item, [...at, index]))
  if (!isMap(node)) return []
  const seen = new Set<string>()
  return node.items.flatMap((pair) => {
    const key = keyOf(pair)
    const inside = repeatedKeys(pair.value, [...at, key])
    if (!seen.has(key)) {
      seen.add(key)
      return inside
    }
    const message = `Isian "${key}" tertulis dua kali. Hapus salah satu.`
    return [{ found: problem([...at, key], 'DUPLICATE_KEY', message), offset: startOf(pair.key) ?? 0 }, ...inside]
  })
}

/** Offset of the name of a field or the start of a list item; for what is missing, of the nearest part that exists. */
function offsetOf(document: Document, at: ConfigPath): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const part of at) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((candidate) => keyOf(candidate) === part)
      if (!pair) break
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
      node = node.items[part]
      offset = startOf(node) ?? offset
    } else break
  }
  return offset
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined
}

function firstLooseAlias(document: Document): number {
  const anchors = new Set<string>()
  let offset = 0
  visit(document, {
    Value: (_, node) => {
      if (node.anchor) anchors.add(node.anchor)
    },
    Alias: (_, node) => {
      if (anchors.has(node.source)) return undefined
      offset = startOf(node) ?? 0
      return visit.BREAK
    },
  })
  return offset
}
