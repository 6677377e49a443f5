/** A new key and the certificate that the server signs for itself with it. Counters know it by its fingerprint alone. */
import { hostname, networkInterfaces } from 'node:os'

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const YEARS = 10

/** Both as PEM. */
export async function newPair(): Promise<{ key: string; certificate: string }> {
  const x509 = await loadX509()
  const keys = await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  const notBefore = new Date()
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Loket mall server',
      notBefore,
      notAfter,
      keys,
      signingAlgorithm: ECDSA,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(namesOfThisMachine()),
      ],
    },
    crypto,
  )
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { key: x509.PemConverter.encode(key, 'PRIVATE KEY'), certificate: certificate.toString('pem') }
}

/** Counters do not look at names; a browser or a person who reads the certificate does. */
function namesOfThisMachine(): { type: 'dns' | 'ip'; value: string }[] {
  // A certificate holds ASCII names only; some systems allow more in a hostname.
  const names = ['localhost', hostname()].filter((name) => /^[A-Za-z0-9._-]+$/.test(name))
  const addresses = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? [])
  // Link-local addresses mean something only together with an interface.
  const ips = addresses.map(({ address }) => address).filter((address) => !address.startsWith('fe80:'))
  return [
    ...[...new Set(names)].map((value) => ({ type: 'dns' as const, value })),
    ...[...new Set(['127.0.0.1', '::1', ...ips])].map((value) => ({ type: 'ip' as const, value })),
  ]
}

/**
 * Only the first start of a server with HTTPS needs it. While it loads, its container asks for metadata of decorators; its
 * build writes none, and two functions that say so stand in for a polyfill of Reflect.
 */
async function loadX509() {
  const none = { value: () => undefined, configurable: true }
  Object.defineProperties(Reflect, { getMetadata: none, getOwnMetadata: none })
  try {
    return await import('@peculiar/x509')
  } finally {
    Reflect.deleteProperty(Reflect, 'getMetadata')
    Reflect.deleteProperty(Reflect, 'getOwnMetadata')
  }
}
