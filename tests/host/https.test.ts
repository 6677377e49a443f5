/** A workstation and its mall server over real TLS. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { withFingerprint } from '#contract/enrolment-code.ts'
import { STORE_FILE } from '#db/open.ts'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { startTlsRecorder } from '#tests/support/tls-recorder.ts'

const openHttpsMall = () => openMall(undefined, { https: true })
const skck = () => ({ commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null })

function newDesk() {
  const dataDir = tempFolder()
  const desk = startTestHost({ dataDir })
  const enrol = (serverUrl: string, code: string) =>
    desk.client.invoke('setup.enrol', { serverUrl, code, deviceName: 'Loket uji' })
  return { ...desk, dataDir, enrol }
}

function pinnedIn(dataDir: string): unknown {
  const db = new Database(join(dataDir, STORE_FILE), { readonly: true })
  try {
    return db.prepare('SELECT server_fingerprint FROM device').pluck().get()
  } finally {
    db.close()
  }
}

it('a counter enrols and works over HTTPS, and knows the whole fingerprint from then on', async () => {
  const mall = await openHttpsMall()
  expect(mall.server.url).toMatch(/^https:/)
  const [front, desk] = [await mall.desk('penerima-1'), await mall.desk('polres-1')]
  expect(pinnedIn(desk.dataDir)).toBe(mall.server.fingerprint)

  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await must(front.client.invoke('visit.issue', skck()))
  await desk.until((snapshot) => snapshot.waiting.some((row) => row.mine), 'the hand')
  await must(desk.client.invoke('queue.callNext', { commandId: commandId() }))
  await desk.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'everything sent')
})

it('a counter over HTTPS finds its server again after a restart of either', async () => {
  const mall = await openHttpsMall()
  const desk = await mall.desk('polres-1')
  await mall.stopServer()
  await desk.until(({ connection }) => connection.state === 'offline', 'the cut')
  expect(desk.desk().connection).toMatchObject({ reason: 'UNREACHABLE' })
  await mall.startServer()
  await desk.until(({ connection }) => connection.state === 'online', 'the server')

  await desk.stop()
  const again = startTestHost({ dataDir: desk.dataDir })
  await again.until(({ connection }) => connection.state === 'online', 'the server')
  await again.stop()
})

it('the code may be typed in small letters, with blanks for hyphens or with neither', async () => {
  const mall = await openHttpsMall()
  const typists = [
    (code: string) => ` ${code.toLowerCase().replaceAll('-', '  ')} `,
    (code: string) => code.replaceAll('-', ''),
  ]
  for (const type of typists) {
    const desk = newDesk()
    expect(await desk.enrol(mall.server.url, type(await mall.code('polres-1')))).toMatchObject({ ok: true })
    await desk.stop()
  }
})

it('a server whose certificate is not the one in the code is told nothing', async () => {
  const mall = await openHttpsMall()
  const other = await startTlsRecorder()
  const desk = newDesk()

  expect(await desk.enrol(other.url, await mall.code('polres-1'))).toEqual({ ok: false, code: 'SERVER_NOT_PINNED' })

  await expect.poll(other.visits).toBe(1)
  expect(other.heard()).toBe('')
  expect(desk.desk().device).toBeNull()
  // The same server hears the secret from whoever has its own fingerprint: so the silence before proves something.
  await desk.enrol(other.url, withFingerprint('ABCD-EFGH', other.fingerprint))
  expect(other.heard()).toContain('ABCDEFGH')
  await desk.stop()
})

it('a code without a fingerprint is not sent over HTTPS, and not even a connection is opened', async () => {
  const other = await startTlsRecorder()
  const desk = newDesk()

  expect(await desk.enrol(other.url, 'AAAA-AAAA')).toEqual({ ok: false, code: 'FINGERPRINT_NEEDED' })

  expect(other.visits()).toBe(0)
  await desk.stop()
})

it.each(['http://192.0.2.7:8080', 'http://mal.example'])('plain HTTP to %s is refused', async (url) => {
  const desk = newDesk()
  const code = withFingerprint('AAAA-AAAA', '0'.repeat(64))
  expect(await desk.enrol(url, code)).toEqual({ ok: false, code: 'HTTPS_NEEDED' })
  await desk.stop()
})

it.each(['AAAA-AAA', 'AAAA-AAAA-A', 'AAAA-AAA1', `${'A'.repeat(25)}`])('%s is no code', async (code) => {
  const desk = newDesk()
  expect(await desk.enrol('https://127.0.0.1:9', code)).toEqual({ ok: false, code: 'BAD_INPUT' })
  await desk.stop()
})

it('another server in the place of the pinned one is told nothing, and the badge says why the counter is cut off', async () => {
  const mall = await openHttpsMall()
  const desk = await mall.desk('polres-1')
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await mall.stopServer()

  const other = await startTlsRecorder(mall.server.port)
  await desk.until(
    ({ connection }) => connection.state === 'offline' && connection.reason === 'NOT_THE_PINNED_SERVER',
    'the reason',
  )
  // An impostor refuses nothing in the mall's name: the counter goes on as it does without a network.
  await must(desk.client.invoke('counter.close', { commandId: commandId() }))
  await must(desk.client.invoke('counter.open', { commandId: commandId() }))
  await expect.poll(other.visits).toBeGreaterThan(1)
  expect(other.heard()).toBe('')

  await other.close()
  await mall.startServer()
  await desk.until(({ connection }) => connection.state === 'online' && connection.unsent === 0, 'the right server')
})
