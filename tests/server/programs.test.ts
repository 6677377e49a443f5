/** The programs as real processes. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createHttp } from '#main/host/sync/http.ts'
import { portNumber } from '#server/command-line.ts'
import { startServer } from '#server/start-server.ts'
import { CERTIFICATE_FILE, KEY_FILE, keptFingerprint, keptPair } from '#server/tls/kept-pair.ts'
import { request } from '#tests/server/support/http.ts'
import { ROOT, run } from '#tests/server/support/run.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestDevice } from '#tests/server/support/test-device.ts'
import { makeTempFolder, tempFolder } from '#tests/support/temp-folder.ts'

type Server = { process: ChildProcess; url: string; exit: Promise<number | null>; output: () => string }

function configFile(folder: string): string {
  const path = join(folder, 'mal.json')
  writeFileSync(path, JSON.stringify(TEST_CONFIG))
  return path
}

async function startProgram(folder: string, ...more: string[]): Promise<Server> {
  const args = [join(ROOT, 'server/main.ts'), '--config', configFile(folder), '--port', '0', '--data', folder, ...more]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let output = ''
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      const ready = /^Server mal siap di (https?:\S+)\n/m.exec(output)
      if (ready?.[1]) resolve(ready[1])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    exit.then((code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  return { process: child, url, exit, output: () => output }
}

describe('the server program', () => {
  test('serves, ends on SIGTERM although a stream is open, and knows everything again afterwards', async () => {
    const folder = tempFolder()
    const first = await startProgram(folder)
    const { stdout: code } = await run('server/enrol-main.ts', ['--data', folder, '--front-desk', 'penerima-1'])
    const desk = await TestDevice.enrol(first.url, code, Date.now)
    await desk.issue('D-001', 'ktp')
    const reader = await desk.changes()
    await reader.untilCaughtUp()

    first.process.kill('SIGTERM')

    expect(await first.exit).toBe(0)
    await reader.ended
    const second = await startProgram(folder)
    const answer = await request(`${second.url}/v1/events`, { token: desk.enrolment.token, body: desk.piece(1) })
    expect(answer.body).toMatchObject({ ackedSeq: 1, headHash: desk.chain[0]?.hash })
    second.process.kill('SIGINT')
    expect(await second.exit).toBe(0)
    const secrets = [code.trim(), code.trim().replace('-', ''), desk.enrolment.token]
    for (const secret of secrets) expect(first.output() + second.output()).not.toContain(secret)
  })

  test('loses nothing that was acknowledged when it is killed', async () => {
    const folder = tempFolder()
    const first = await startProgram(folder)
    const { stdout: code } = await run('server/enrol-main.ts', ['--data', folder, '--front-desk', 'penerima-1'])
    const desk = await TestDevice.enrol(first.url, code, Date.now)
    let acked = 0
    const pushing = (async () => {
      for (let n = 1; n <= 200; n += 1) {
        desk.recordIssue(`D-${String(n).padStart(3, '0')}`, 'ktp')
        acked = (await desk.push()).ackedSeq
        if (acked === 20) first.process.kill('SIGKILL')
      }
    })()
    await expect(pushing).rejects.toThrow()
    await first.exit

    const second = await startProgram(folder)
    const answer = await request(`${second.url}/v1/events`, { token: desk.enrolment.token, body: desk.piece(1, acked) })

    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body.ackedSeq).toBeGreaterThanOrEqual(acked)
    second.process.kill('SIGTERM')
    await second.exit
  })

  test('serves HTTPS beyond loopback with the certificate that it is told, and on loopback when it is asked to', async () => {
    const [folder, other] = [tempFolder(), tempFolder()]
    const { fingerprint } = await keptPair(other)
    const named = ['--tls-key', join(other, KEY_FILE), '--tls-certificate', join(other, CERTIFICATE_FILE)]
    for (const options of [['--host', '0.0.0.0', ...named], ['--https']]) {
      const server = await startProgram(folder, ...options)
      const pin = options.includes('--https') ? keptFingerprint(folder) : fingerprint
      const http = createHttp(new URL(server.url), pin)
      const signal = AbortSignal.timeout(5_000)
      const init = { method: 'GET', headers: {}, body: null, signal } as const
      expect(await http.send('/healthz', init)).toMatchObject({ status: 200 })
      await http.close()
      server.process.kill('SIGTERM')
      expect(await server.exit).toBe(0)
    }
  })

  test('tells its parent when it is ready and ends when the parent goes', async () => {
    const folder = tempFolder()
    const args = ['--config', configFile(folder), '--port', '0', '--data', folder]
    const child = fork(join(ROOT, 'server/main.ts'), args, { stdio: 'ignore' })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    const [message] = (await once(child, 'message')) as [{ kind: string; port: number }]
    expect(message.kind).toBe('ready')
    expect((await request(`http://127.0.0.1:${message.port}/healthz`)).status).toBe(200)

    child.disconnect()

    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

describe('a server that cannot start says why in one line and ends', () => {
  const folder = makeTempFolder()
  configFile(folder)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const start = (...args: string[]) => run('server/main.ts', args)
  const refusal = (code: string) => ({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^${code} .*\n$`)),
  })

  test('port in use, or data in use by another server', async () => {
    const taken = await startProgram(folder)
    const port = new URL(taken.url).port

    const config = join(folder, 'mal.json')

    const otherData = await start('--config', config, '--port', port, '--data', join(folder, 'lain'))
    expect(otherData).toMatchObject(refusal('PORT_IN_USE'))
    expect(await start('--config', config, '--port', '0', '--data', folder)).toMatchObject(refusal('DATA_IN_USE'))
    taken.process.kill('SIGTERM')
    await taken.exit
  })

  test.each([
    ['no configuration named', ['--port', '0'], 'CONFIG_MISSING'],
    ['an unknown option', ['--poort', '1'], 'BAD_OPTION'],
  ])('%s', async (_what, args, code) => {
    expect(await start(...args)).toMatchObject(refusal(code))
  })

  test.each([undefined, '', 'delapan', '-1', '80.5', '70000'])('the port %s', (text) => {
    expect(() => portNumber(text)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
  })

  test('a wrong configuration: every problem with its line', async () => {
    const wrong = join(folder, 'salah.json')
    writeFileSync(
      wrong,
      JSON.stringify({ ...TEST_CONFIG, services: [{ ...TEST_CONFIG.services[0], prefix: 'x' }] }, null, 1),
    )

    const { code, stderr } = await start('--config', wrong, '--port', '0', '--data', folder)

    expect(code).toBe(1)
    expect(stderr).toMatch(/^CONFIG_WRONG /)
    expect(stderr).toMatch(/salah\.json:\d+:\d+ services\[0\]\.prefix WRONG_FORMAT/)
  })

  test('a configuration that is not there', async () => {
    const starting = startServer({ configPath: join(folder, 'tiada.json'), dataDir: folder, port: 0 })

    await expect(starting).rejects.toMatchObject({
      code: 'CONFIG_WRONG',
      message: expect.stringMatching(/tiada\.json:1:1 .*FILE_MISSING/),
    })
  })

  test.each([
    ['a file that is no database', (path: string) => writeFileSync(path, 'x'.repeat(5000)), 'DATABASE_BROKEN'],
    ['the database of another program', (path: string) => foreignDatabase(path), 'DATABASE_FOREIGN'],
  ])('%s', async (_what, spoil, code) => {
    const dataDir = join(folder, code)
    mkdirSync(dataDir)
    spoil(join(dataDir, 'mall.db'))

    await expect(startServer({ config: TEST_CONFIG, dataDir, port: 0 })).rejects.toMatchObject({ code })
  })

  // Both are refused to the root user too, whom a container may run as.
  test.each([
    ['a data folder that cannot be written', '/sys/loket', 'DATA_READ_ONLY'],
    ['a file where the data folder should be', join(folder, 'mal.json'), 'DATA_UNUSABLE'],
  ])('%s', async (_what, dataDir, code) => {
    await expect(startServer({ config: TEST_CONFIG, dataDir, port: 0 })).rejects.toMatchObject({ code })
  })

  test('enrolling without saying what, or before the server ever ran', async () => {
    expect(await run('server/enrol-main.ts', ['--data', folder])).toMatchObject(refusal('BAD_OPTION'))
    const args = ['--data', join(folder, 'belum'), '--counter', 'polres-1']
    expect(await run('server/enrol-main.ts', args)).toMatchObject(refusal('DATABASE_MISSING'))
  })
})

function foreignDatabase(path: string): void {
  const database = new Database(path)
  database.exec('create table lain (id integer)')
  database.close()
}
