/**
 * The pair that a server makes for itself and keeps in its data folder. Workstations pin the certificate, so a pair that was
 * in use is never replaced in silence: half of one is an error.
 *
 * Making it is one step, although it is two files: both are first written beside their places, then moved there, the key
 * first. With the key in its place the pair is made; a start after a crash only moves what is missing.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '#server/start-error.ts'
import { newPair } from '#server/tls/new-pair.ts'
import { type Pair, type PairFiles, readFingerprint, readPair } from '#server/tls/read-pair.ts'

export const KEY_FILE = 'server-key.pem'
export const CERTIFICATE_FILE = 'server-certificate.pem'

/** The caller holds the lock of the data folder. Throws StartError. */
export async function keptPair(dataDir: string): Promise<Pair> {
  const files = { key: join(dataDir, KEY_FILE), certificate: join(dataDir, CERTIFICATE_FILE) }
  const next = { key: `${files.key}.new`, certificate: `${files.certificate}.new` }
  if (!existsSync(files.key) && !existsSync(files.certificate)) await make(files, next, dataDir)
  else if (existsSync(files.key) && !existsSync(files.certificate) && existsSync(next.certificate)) {
    // Read before it is moved: it must be the other half of this key.
    readPair({ key: files.key, certificate: next.certificate })
    move(next.certificate, files.certificate, dataDir)
  }
  const missing = [files.key, files.certificate].find((file) => !existsSync(file))
  if (missing) {
    throw new StartError(
      'TLS_PAIR_INCOMPLETE',
      `${missing} tidak ada, padahal pasangannya ada. Pulihkan dari cadangan; jika tidak ada, hapus juga pasangannya lalu daftarkan lagi setiap loket.`,
    )
  }
  return readPair(files)
}

/** Of the pair in this folder; null when no server has made one there. Throws StartError. */
export function keptFingerprint(dataDir: string): string | null {
  const file = join(dataDir, CERTIFICATE_FILE)
  return existsSync(file) ? readFingerprint(file) : null
}

async function make(files: PairFiles, next: PairFiles, dataDir: string): Promise<void> {
  const pair = await newPair()
  try {
    write(next.key, pair.key, 0o600)
    write(next.certificate, pair.certificate, 0o644)
    syncFolder(dataDir)
    move(next.key, files.key, dataDir)
    move(next.certificate, files.certificate, dataDir)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'tanpa kode'
    throw new StartError('DATA_UNUSABLE', `Sertifikat tidak dapat disimpan di ${dataDir} (${code}). Periksa medianya.`)
  }
}

function write(path: string, text: string, mode: number): void {
  // What a crash left there may have another mode.
  rmSync(path, { force: true })
  const file = openSync(path, 'wx', mode)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function move(from: string, to: string, dataDir: string): void {
  renameSync(from, to)
  syncFolder(dataDir)
}

/** So that names survive a power cut, too. */
function syncFolder(dataDir: string): void {
  // Windows opens no folders; its file system keeps the order of renames by itself.
  if (process.platform === 'win32') return
  const folder = openSync(dataDir, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
