/** Whether this server speaks HTTPS, and with which certificate. */
import { StartError } from '#server/start-error.ts'
import { keptPair } from '#server/tls/kept-pair.ts'
import { type Pair, type PairFiles, readPair } from '#server/tls/read-pair.ts'

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

export type TlsOptions = {
  host: string
  dataDir: string
  /** postgres://… instead of a file in the data folder. */
  database?: string | undefined
  /** On loopback too. */
  https?: boolean
  /** A pair that somebody else keeps, for several servers with one certificate. */
  tlsFiles?: PairFiles
}

/** Null: plain HTTP, which never leaves this computer. Tokens must not cross a network in clear. Throws StartError. */
export async function choosePair({ host, dataDir, database, https, tlsFiles }: TlsOptions): Promise<Pair | null> {
  if (tlsFiles) return readPair(tlsFiles)
  if (!https && LOOPBACK.has(host)) return null
  // Several servers share one PostgreSQL: with a certificate each, no desk could pin them all.
  if (database) {
    throw new StartError(
      'TLS_FILES_NEEDED',
      'Dengan --database sebutkan sertifikat bersama: --tls-key FILE dan --tls-certificate FILE.',
    )
  }
  return keptPair(dataDir)
}
