/** Whether this server speaks HTTPS, and with which certificate. */
import { keptPair } from '#server/tls/kept-pair.ts'
import { type Pair, type PairFiles, readPair } from '#server/tls/read-pair.ts'

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

export type TlsOptions = {
  host: string
  dataDir: string
  /** On loopback too. */
  https?: boolean
  /** A pair that somebody else keeps, for several servers with one certificate. */
  tlsFiles?: PairFiles
}

/** Null: plain HTTP, which never leaves this computer. Tokens must not cross a network in clear. Throws StartError. */
export async function choosePair({ host, dataDir, https, tlsFiles }: TlsOptions): Promise<Pair | null> {
  if (tlsFiles) return readPair(tlsFiles)
  return https || !LOOPBACK.has(host) ? keptPair(dataDir) : null
}
