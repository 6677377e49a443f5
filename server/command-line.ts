/** What the server's programs share on the command line. */
import { StartError } from '#server/start-error.ts'
import { isPostgresUrl } from '#server/store/postgres-url.ts'
import type { PairFiles } from '#server/tls/read-pair.ts'

export const DEFAULT_DATA_DIR = '.loket/server'

/** One line with a stable code, exit code 1. An error nobody foresaw keeps its stack: it is a bug to report. */
export function endWithError(error: unknown): void {
  process.stderr.write(`${describe(error)}\n`)
  process.exitCode = 1
}

function describe(error: unknown): string {
  if (error instanceof StartError) return `${error.code} ${error.message}`
  if (!(error instanceof Error)) return `INTERNAL ${String(error)}`
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return `BAD_OPTION ${error.message}`
  return `INTERNAL ${error.stack}`
}

export function portNumber(text: string | undefined): number {
  const port = Number(text)
  if (text === undefined || !/^[0-9]{1,5}$/.test(text) || port > 65_535) {
    throw new StartError('BAD_OPTION', 'Sebutkan nomor port: --port N, dari 0 sampai 65535 (0 memilih yang kosong).')
  }
  return port
}

export function pairFiles(key: string | undefined, certificate: string | undefined): { tlsFiles?: PairFiles } {
  if (key && certificate) return { tlsFiles: { key, certificate } }
  if (key || certificate)
    throw new StartError('BAD_OPTION', 'Sebutkan keduanya: --tls-key FILE dan --tls-certificate FILE.')
  return {}
}

/** Undefined: SQLite in the data folder. */
export function databaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || isPostgresUrl(text)) return text
  throw new StartError(
    'BAD_OPTION',
    'Tulis alamat basis data sebagai --database postgres://PENGGUNA:SANDI@SERVER:5432/NAMA.',
  )
}
