/** Zod's findings about the shape, in the words of the technician who edits the file. */
import type { z } from 'zod'
import { type ConfigPath, type Problem, problem } from '#contract/mall-config-problem.ts'

type Issue = z.core.$ZodIssue

/** Issues must come from a parse with reportInput, or a missing field cannot be told from a wrong one. */
export function problemsOfIssue(issue: Issue): Problem[] {
  const at = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField([...at, key]))
  if (issue.input === undefined) return [missingField(at)]
  const [rule, message] = describe(issue)
  return [problem(at, rule, message)]
}

function unknownField(at: ConfigPath): Problem {
  return problem(at, 'FIELD_UNKNOWN', `Isian "${at.at(-1)}" tidak dikenal di sini. Periksa ejaannya atau hapus.`)
}

function missingField(at: ConfigPath): Problem {
  const name = at.length === 0 ? 'Isi konfigurasi' : `Isian "${at.at(-1)}"`
  return problem(at, 'FIELD_MISSING', `${name} belum ada. Tambahkan.`)
}

function describe(issue: Issue): [rule: string, message: string] {
  switch (issue.code) {
    case 'invalid_type':
      return ['WRONG_TYPE', `Jenis isian keliru. ${TYPE_ADVICE[issue.expected] ?? 'Lihat contoh di panduan.'}`]
    case 'invalid_value':
      return ['NOT_ALLOWED', `Pilihan tidak dikenal. Pakai salah satu: ${issue.values.map(String).join(', ')}.`]
    case 'invalid_union':
      return ['NOT_ALLOWED', `Pilihan tidak dikenal. Pakai salah satu: ${optionsOf(issue).join(', ')}.`]
    case 'too_small':
      return ['TOO_SMALL', tooSmall(issue.origin, issue.minimum)]
    case 'too_big':
      return ['TOO_BIG', tooBig(issue.origin, issue.maximum)]
    default:
      // The patterns in mall-config.ts carry their own Indonesian sentence.
      return ['WRONG_FORMAT', `Penulisan tidak sesuai aturan. Perbaiki menurut aturan ini: ${issue.message}.`]
  }
}

function optionsOf(issue: Extract<Issue, { code: 'invalid_union' }>): string[] {
  return 'options' in issue ? issue.options.map(String) : []
}

const TYPE_ADVICE: Record<string, string> = {
  string: 'Tulis sebagai teks di antara tanda kutip, misalnya "012345".',
  number: 'Tulis sebagai angka tanpa tanda kutip dan tanpa titik ribuan, misalnya 30000.',
  int: 'Tulis bilangan bulat tanpa koma atau titik, misalnya 30000.',
  array: 'Tulis sebagai daftar, misalnya ["a", "b"].',
  object: 'Tulis sebagai kelompok isian, misalnya {"id": "..."}.',
}

function tooSmall(origin: string, minimum: number | bigint): string {
  if (origin === 'string') return 'Teks masih kosong. Isi.'
  if (origin === 'array') return `Daftar terlalu pendek. Isi sedikitnya ${minimum} butir.`
  return `Angka terlalu kecil. Pakai ${minimum} atau lebih.`
}

function tooBig(origin: string, maximum: number | bigint): string {
  if (origin === 'string') return `Teks terlalu panjang. Ringkas sampai paling banyak ${maximum} huruf.`
  if (origin === 'array') return `Daftar terlalu panjang. Kurangi sampai paling banyak ${maximum} butir.`
  return `Angka terlalu besar. Pakai ${maximum} atau kurang.`
}
