/** Reads the mall's configuration from a JSON or YAML file, so that every problem names its line and column. */
import { readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import type { MallConfig } from '#contract/mall-config.ts'
import { problem } from '#contract/mall-config-problem.ts'
import { checkConfig } from '#server/config/check-config.ts'
import { type ConfigFormat, type FileProblem, parseConfigText } from '#server/mall-config-source.ts'

export type { FileProblem } from '#server/mall-config-source.ts'

export type MallConfigFileResult = { ok: true; config: MallConfig } | { ok: false; problems: FileProblem[] }

const LARGEST_FILE_BYTES = 5 * 1024 * 1024

const FORMATS: Record<string, ConfigFormat> = { '.json': 'json', '.yaml': 'yaml', '.yml': 'yaml' }

export function readMallConfigFile(path: string): MallConfigFileResult {
  const format = FORMATS[extname(path).toLowerCase()]
  if (!format) return refuse('FILE_KIND', 'Jenis berkas tidak dikenal. Simpan sebagai .json, .yaml atau .yml.')
  const content = readText(path)
  if (!content.ok) return content
  const parsed = parseConfigText(content.text, format)
  if (!parsed.ok) return parsed
  if (parsed.value === null) return refuse('FILE_EMPTY', EMPTY)
  const check = checkConfig(parsed.value)
  if (check.ok) return check
  return { ok: false, problems: check.problems.map(parsed.locate).sort(byPlace) }
}

/** One line per problem; terminals and editors turn file:line:column into a link. */
export function formatProblems(file: string, problems: readonly FileProblem[]): string {
  return problems
    .map(({ line, column, path, rule, message }) =>
      // A name in the file may hold control characters; on a terminal they could rewrite the screen.
      `${file}:${line}:${column} ${path || '(seluruh berkas)'} ${rule} ${message}`.replace(/\p{Cc}/gu, '?'),
    )
    .join('\n')
}

const EMPTY = 'Berkas kosong. Salin config/contoh-mpp.json sebagai awal.'

type Content = { ok: true; text: string } | Refusal
type Refusal = Extract<MallConfigFileResult, { ok: false }>

function readText(path: string): Content {
  try {
    const stat = statSync(path)
    if (stat.isDirectory())
      return refuse('FILE_IS_DIRECTORY', 'Ini folder, bukan berkas. Tunjuk berkas konfigurasinya.')
    if (!stat.isFile()) return refuse('FILE_UNREADABLE', 'Ini bukan berkas biasa. Tunjuk berkas konfigurasinya.')
    if (stat.size > LARGEST_FILE_BYTES)
      return refuse(
        'FILE_TOO_LARGE',
        'Berkas lebih besar dari 5 MB. Pastikan berkasnya benar; logo paling besar 32 KiB.',
      )
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return text.trim() === '' ? refuse('FILE_EMPTY', EMPTY) : { ok: true, text }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return refuse('FILE_MISSING', 'Berkas tidak ditemukan. Periksa nama dan foldernya.')
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return refuse('FILE_NOT_UTF8', 'Berkas tidak tersimpan sebagai UTF-8. Simpan ulang dengan pengodean UTF-8.')
    }
    return refuse('FILE_UNREADABLE', `Berkas tidak dapat dibaca (${code}). Periksa izin berkas dan medianya.`)
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'tanpa kode'
}

function refuse(rule: string, message: string): Refusal {
  return { ok: false, problems: [{ ...problem([], rule, message), line: 1, column: 1 }] }
}

function byPlace(a: FileProblem, b: FileProblem): number {
  return a.line - b.line || a.column - b.column
}
