import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { connect, type PeerCertificate, type SecureVersion } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseEnrolmentCode } from '#contract/enrolment-code.ts'
import { startServer } from '#server/start-server.ts'
import { CERTIFICATE_FILE, KEY_FILE, keptPair } from '#server/tls/kept-pair.ts'
import { run } from '#tests/server/support/run.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

type Options = Partial<Parameters<typeof startServer>[0]>

async function start(options: Options = {}) {
  const dataDir = tempFolder()
  const server = await startServer({
    config: TEST_CONFIG,
    dataDir,
    port: 0,
    https: true,
    logLevel: 'silent',
    ...options,
  })
  let isUp = true
  const close = async () => {
    if (isUp) await server.close()
    isUp = false
  }
  onTestFinished(close)
  return { ...server, close, dataDir: options.dataDir ?? dataDir }
}

/** The certificate that the server shows, and what it answers to a health check. */
async function visit(port: number, maxVersion: SecureVersion = 'TLSv1.3') {
  // Old versions need weak ciphers allowed on this side, so that it is the server that refuses.
  const ciphers = 'DEFAULT@SECLEVEL=0'
  const socket = connect({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    maxVersion,
    ciphers,
  })
  try {
    await once(socket, 'secureConnect')
    const shown: PeerCertificate = socket.getPeerCertificate()
    socket.end('GET /healthz HTTP/1.1\r\nhost: mal\r\nconnection: close\r\n\r\n')
    let answer = ''
    for await (const chunk of socket) answer += chunk
    return { fingerprint: shown.fingerprint256.replaceAll(':', '').toLowerCase(), names: shown.subjectaltname, answer }
  } finally {
    socket.destroy()
  }
}

const pairIn = (folder: string) => ({ key: join(folder, KEY_FILE), certificate: join(folder, CERTIFICATE_FILE) })

describe('a server beyond loopback', () => {
  test.each(['0.0.0.0', '::'])('at %s speaks HTTPS with a certificate of its own', async (host) => {
    const server = await start({ host, https: false })
    expect(server.url).toMatch(/^https:/)
    const { fingerprint, names, answer } = await visit(server.port)
    expect(answer).toMatch(/^HTTP\/1\.1 200[\s\S]*loket-mall-server/)
    expect(server.fingerprint).toBe(fingerprint)
    expect(names).toContain('DNS:localhost')
    expect(names).toContain('IP Address:127.0.0.1')
  })

  test('answers nothing to plain HTTP', async () => {
    const server = await start({ host: '0.0.0.0', https: false })
    await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow()
  })

  test('takes TLS 1.2 and nothing older', async () => {
    const { port } = await start()
    expect((await visit(port, 'TLSv1.2')).answer).toMatch(/^HTTP\/1\.1 200/)
    await expect(visit(port, 'TLSv1.1')).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' })
  })

  test('ends soon although somebody connected and never began TLS', async () => {
    const server = await start()
    const socket = connectTcp(server.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    const begin = Date.now()
    await server.close()
    expect(Date.now() - begin).toBeLessThan(10_000)
  })
})

test('a server on loopback speaks plain HTTP and makes no certificate', async () => {
  const { url, fingerprint, dataDir } = await start({ https: false })
  expect(url).toMatch(/^http:/)
  expect(fingerprint).toBeNull()
  expect(readdirSync(dataDir).filter((name) => name.endsWith('.pem'))).toEqual([])
})

describe('the certificate in the data folder', () => {
  test('is the same after a restart, and its key is nobody else’s to read', async () => {
    const first = await start()
    await first.close()
    const second = await start({ dataDir: first.dataDir })
    expect(second.fingerprint).toBe(first.fingerprint)
    expect(statSync(join(first.dataDir, KEY_FILE)).mode & 0o777).toBe(0o600)
    expect(
      readdirSync(first.dataDir)
        .filter((name) => name.includes('.pem'))
        .sort(),
    ).toEqual([CERTIFICATE_FILE, KEY_FILE])
  })

  test('is completed when the power failed between its two files', async () => {
    const folder = tempFolder()
    const files = pairIn(folder)
    const { fingerprint } = await keptPair(folder)
    renameSync(files.certificate, `${files.certificate}.new`)
    expect((await keptPair(folder)).fingerprint).toBe(fingerprint)
    expect(readdirSync(folder).sort()).toEqual([CERTIFICATE_FILE, KEY_FILE])
  })

  test('is made anew when the power failed before either was in its place', async () => {
    const folder = tempFolder()
    const files = pairIn(folder)
    writeFileSync(`${files.key}.new`, 'half a ke', { mode: 0o644 })
    const { fingerprint } = await keptPair(folder)
    expect((await keptPair(folder)).fingerprint).toBe(fingerprint)
    expect(statSync(files.key).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['the key is gone', ({ key }) => rmSync(key), 'TLS_PAIR_INCOMPLETE'],
    ['the certificate is gone', ({ certificate }) => rmSync(certificate), 'TLS_PAIR_INCOMPLETE'],
    ['the key is empty', ({ key }) => writeFileSync(key, ''), 'TLS_PAIR_BROKEN'],
    ['the certificate is cut off', ({ certificate }) => halve(certificate), 'TLS_PAIR_BROKEN'],
  ] as [string, (files: ReturnType<typeof pairIn>) => void, string][])(
    'is not replaced when %s: the start says so',
    async (_what, spoil, code) => {
      const dataDir = tempFolder()
      await keptPair(dataDir)
      spoil(pairIn(dataDir))
      const left = readdirSync(dataDir)
      await expect(start({ dataDir })).rejects.toMatchObject({ code })
      expect(readdirSync(dataDir).filter((name) => name.includes('.pem'))).toEqual(left)
    },
  )

  test('is not used with the key of another', async () => {
    const [dataDir, other] = [tempFolder(), tempFolder()]
    await Promise.all([keptPair(dataDir), keptPair(other)])
    copyFileSync(pairIn(other).key, pairIn(dataDir).key)
    await expect(start({ dataDir })).rejects.toMatchObject({ code: 'TLS_PAIR_BROKEN' })
  })
})

describe('a named certificate', () => {
  test('serves several servers, and their data folders get none', async () => {
    const folder = tempFolder()
    const { fingerprint } = await keptPair(folder)
    const servers = [await start({ tlsFiles: pairIn(folder) }), await start({ tlsFiles: pairIn(folder) })]
    for (const server of servers) {
      expect((await visit(server.port)).fingerprint).toBe(fingerprint)
      expect(existsSync(pairIn(server.dataDir).key)).toBe(false)
    }
  })

  test('that is not there is named by the start', async () => {
    const tlsFiles = pairIn(tempFolder())
    const starting = start({ tlsFiles })
    await expect(starting).rejects.toMatchObject({
      code: 'TLS_FILE_UNREADABLE',
      message: expect.stringContaining(tlsFiles.key),
    })
  })

  test('needs its key named, too', async () => {
    const args = ['--config', 'x.json', '--port', '0', '--tls-certificate', 'x.pem']
    expect(await run('server/main.ts', args)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^BAD_OPTION .*\n$/),
    })
  })
})

describe('npm run enrol', () => {
  const enrol = async (...args: string[]) => {
    const { stdout, stderr } = await run('server/enrol-main.ts', ['--counter', 'polres-1', ...args])
    expect(stderr).toBe('')
    return stdout
  }

  test('prints six groups that name the certificate of the data folder', async () => {
    const { dataDir, fingerprint } = await start()
    const printed = await enrol('--data', dataDir)
    expect(printed).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}\n$/)
    expect(parseEnrolmentCode(printed)?.fingerprintPrefix).toBe(fingerprint?.slice(0, 20))
  })

  test('prints the fingerprint of a named certificate', async () => {
    const folder = tempFolder()
    const { fingerprint } = await keptPair(folder)
    const { dataDir } = await start({ tlsFiles: pairIn(folder) })
    const printed = await enrol('--data', dataDir, '--tls-certificate', pairIn(folder).certificate)
    expect(parseEnrolmentCode(printed)?.fingerprintPrefix).toBe(fingerprint.slice(0, 20))
  })

  test('prints two groups for a server without HTTPS', async () => {
    const { dataDir } = await start({ https: false })
    expect(await enrol('--data', dataDir)).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}\n$/)
  })
})

function halve(path: string): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.slice(0, text.length / 2))
}
