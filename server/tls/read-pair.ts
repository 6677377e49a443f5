/** Reads a key and its certificate, and says what is wrong with them before a counter has to find out. */
import { createPrivateKey, hash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { StartError } from '#server/start-error.ts'

export type PairFiles = { key: string; certificate: string }

export type Pair = {
  /** PEM. */
  key: string
  certificate: string
  /** SHA-256 of the certificate in lower case hex: what workstations pin. */
  fingerprint: string
}

/** Throws StartError. */
export function readPair(files: PairFiles): Pair {
  const key = readText(files.key)
  const certificate = readText(files.certificate)
  const parsed = parse(files.certificate, () => new X509Certificate(certificate))
  const privateKey = parse(files.key, () => createPrivateKey(key))
  if (!parsed.checkPrivateKey(privateKey)) {
    throw broken(files.certificate, `tidak cocok dengan kunci ${files.key}`)
  }
  // What OpenSSL would refuse to serve with, for example a key that is too short.
  parse(files.certificate, () => createSecureContext({ key, cert: certificate }))
  return { key, certificate, fingerprint: fingerprintOf(parsed) }
}

/** For those who only tell which certificate the server has. Throws StartError. */
export function readFingerprint(certificateFile: string): string {
  const certificate = readText(certificateFile)
  return fingerprintOf(parse(certificateFile, () => new X509Certificate(certificate)))
}

function fingerprintOf(certificate: X509Certificate): string {
  return hash('sha256', certificate.raw)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartError(
      'TLS_FILE_UNREADABLE',
      `${file} tidak dapat dibaca (${codeOf(error)}). Periksa nama dan izinnya.`,
    )
  }
}

function parse<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw broken(file, `tidak dapat dipakai (${codeOf(error)})`)
  }
}

function broken(file: string, detail: string): StartError {
  return new StartError('TLS_PAIR_BROKEN', `${file} ${detail}. Pulihkan kunci dan sertifikat server dari cadangan.`)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
