/** The packed workstation: its configuration against the builder's own schema, and the result on a real display. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Ajv } from 'ajv'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { BUILT_IN_CLIPS } from '#main/host/devices/voice/clip-names.ts'
import { PARTS } from '#scripts/build-parts.ts'
import { buildStale } from '#scripts/build-stale.ts'
import { ROOT } from '#scripts/root.ts'
import { CHROMIUM_ARGUMENTS, cleanEnvironment, startDisplay } from '#tests/shell/fakes/electron-app.ts'
import { nothingLeft } from '#tests/shell/fakes/launcher.ts'
import { processesOf } from '#tests/shell/fakes/processes.ts'
import { electronDist, hasPeers } from '#tests/support/peers.ts'
import { makeTempFolder, tempFolder } from '#tests/support/temp-folder.ts'

const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
const config = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'))
/** The builder's own reading of `files`. */
const { FileMatcher } = createRequire(join(ROOT, 'package.json'))('app-builder-lib/out/fileMatcher.js')
const isHere = hasPeers('electron', 'xvfb')

describe('electron-builder.yml', () => {
  test('is valid by the schema of the builder itself, and a wrong one would not be', () => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(
      readJson('node_modules/app-builder-lib/scheme.json'),
    )
    validate(config)
    expect(validate.errors).toBeNull()
    expect(validate({ ...config, nsis: { ...config.nsis, perMachine: 'yes' } })).toBe(false)
    expect(validate({ ...config, fuses: {} })).toBe(false)
  })

  test('says every fuse that the builder knows, the dangerous ones off', () => {
    const known = Object.keys(readJson('node_modules/app-builder-lib/scheme.json').definitions.FuseOptionsV1.properties)
    expect(Object.keys(config.electronFuses).sort()).toEqual(known.sort())
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      grantFileProtocolExtraPrivileges: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
    })
  })

  test('installs on Windows for the whole machine, can do so in silence, and keeps the data of the counter', () => {
    expect(config.win.target).toEqual([{ target: 'nsis', arch: ['x64'] }])
    expect(config.nsis).toMatchObject({ perMachine: true, oneClick: false, deleteAppDataOnUninstall: false })
    for (const file of [config.nsis.include, config.win.icon, config.linux.icon]) {
      expect([file, existsSync(join(ROOT, file))]).toEqual([file, true])
    }
  })

  test('packs of koffi what runs, and its native part for the system that is packed', () => {
    const isPacked = (os: string, path: string) => {
      const expand = (pattern: string) => pattern.replace(/\$\{os\}/, os).replace(/\$\{arch\}/, 'x64')
      // Of packages it takes everything that is not excluded.
      const exclusions = config.files.filter((pattern: string) => pattern.startsWith('!'))
      const matcher = new FileMatcher(ROOT, '/packed', expand, ['**/*', ...exclusions])
      return matcher.createFilter()(join(ROOT, 'node_modules', path), { isDirectory: () => false })
    }
    const parts = ['@koromix/koffi-win32-x64/win32_x64/koffi.node', '@koromix/koffi-linux-x64/linux_x64/koffi.node']
    expect(parts.map((path) => isPacked('win', path))).toEqual([true, false])
    expect(parts.map((path) => isPacked('linux', path))).toEqual([false, true])
    for (const path of ['koffi/index.js', 'koffi/src/koffi/src/static.js', 'koffi/package.json']) {
      expect([path, isPacked('win', path)]).toEqual([path, true])
    }
    const unneeded = ['koffi/src/koffi/src/call.cc', 'koffi/vendor/node-addon-api/napi.h', 'koffi/doc/types.md']
    expect(unneeded.filter((path) => isPacked('win', path))).toEqual([])
    expect(config.asarUnpack).toContain('node_modules/@koromix/*/*/koffi.node')
  })

  test('packs the entry that package.json names and the build makes', () => {
    expect(PARTS.map(({ output }) => output)).toContain(readJson('package.json').main)
  })
})

describe.skipIf(!isHere)('the packed app', () => {
  let output = ''

  beforeAll(async () => {
    output = makeTempFolder()
    await buildStale(
      PARTS.map(({ name }) => name),
      () => {},
    )
    const version = readFileSync(join(electronDist(), 'version'), 'utf8').trim()
    await promisify(execFile)(
      join(ROOT, 'node_modules/.bin/electron-builder'),
      [
        ...['--linux', 'dir', '--publish', 'never', `-c.directories.output=${output}`],
        ...[`-c.electronDist=${electronDist()}`, `-c.electronVersion=${version}`],
      ],
      { cwd: ROOT },
    )
  }, 180_000)
  afterAll(() => rm(output, { recursive: true, force: true }))

  const unpacked = () => join(output, 'linux-unpacked')

  test('has its fuses flipped', async () => {
    const wire = await getCurrentFuseWire(join(unpacked(), 'loket'))
    const isOn = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1'
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
    expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  })

  test('carries the bundles, the native modules of this system unpacked, and nothing else of node_modules', async () => {
    const { stdout } = await promisify(execFile)(
      join(ROOT, 'node_modules/.bin/asar'),
      ['list', join(unpacked(), 'resources/app.asar')],
      { maxBuffer: 64 * 1024 * 1024 },
    )
    const files = stdout.split('\n')
    for (const { output } of PARTS) expect(files).toContain(`/${output}`)
    const part = (depth: number) => new Set(files.map((file) => file.split('/')[depth]).filter(Boolean))
    expect([...part(1)].sort()).toEqual(['node_modules', 'out', 'package.json', 'voice'])
    for (const clip of BUILT_IN_CLIPS) expect(files).toContain(`/voice/${clip}.opus`)
    expect([...part(2)].filter((name) => name === 'react' || name === '@fastify' || name === 'zod')).toEqual([])
    const natives = files.filter((file) => file.endsWith('.node'))
    expect(natives.every((file) => /(linux|win32)-x64/.test(file))).toBe(true)
    expect(natives.some((file) => file.includes('better-sqlite3'))).toBe(true)
    expect(natives.filter((file) => file.endsWith('/koffi.node'))).toEqual([
      '/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
    ])
    for (const file of natives) expect(existsSync(join(unpacked(), 'resources/app.asar.unpacked', file))).toBe(true)
    expect(files.filter((file) => /\.(ts|cpp|c|h|log)$/.test(file))).toEqual([])
  })

  test('loads koffi from its archive and calls a library of the system on another thread', async () => {
    const koffi = join(unpacked(), 'resources/app.asar/node_modules/koffi/index.js')
    const script = join(tempFolder(), 'call.mjs')
    writeFileSync(
      script,
      `const { default: koffi } = await import(${JSON.stringify(koffi)})
       const atoi = koffi.load('libc.so.6').func('int atoi(str text)')
       atoi.async('42', (error, value) => console.log(error ?? value))`,
    )
    // The packed program itself runs nothing but its own host.
    const { stdout } = await promisify(execFile)(join(electronDist(), 'electron'), [script], {
      env: { ...cleanEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
      timeout: 20_000,
    })
    expect(stdout.trim()).toBe('42')
  })

  test('has the technician’s command line, with the serial ports of this computer', async () => {
    const { stdout } = await promisify(execFile)(
      join(unpacked(), 'loket'),
      [...CHROMIUM_ARGUMENTS, '--devices', 'list'],
      { env: { ...cleanEnvironment(), DISPLAY: await startDisplay(), LOKET_DATA_DIR: tempFolder() }, timeout: 20_000 },
    ).catch((error: { stdout: string; code: number }) => error)
    expect(stdout).toMatch(/^Port serial:\n/)
  })

  test('opens its window where the engine cannot start, says the code and the log, and never retries hot', async () => {
    const dataDir = tempFolder()
    const page = await openPacked(join(unpacked(), 'loket'), dataDir)
    const logPath = join(dataDir, 'logs/shell.log')
    await page.getByText(/^ENGINE_/).waitFor({ timeout: 20_000 })
    const text = await page.locator('body').textContent()
    // The host itself runs in this Electron, up to the store's native module, which ends the process.
    expect(text).toContain('ENGINE_CRASHED')
    expect(existsSync(join(dataDir, 'logs/host.log'))).toBe(true)
    expect(readFileSync(logPath, 'utf8')).toContain('exit code 11')
    expect(text).toContain(logPath)
    await page.waitForTimeout(3_000)
    const log = readFileSync(logPath, 'utf8')
    // 100 ms, 200 ms, 400 ms ...: six starts in the first seconds, not sixty.
    expect(log.match(/host process ended/g)?.length).toBeLessThan(10)
    expect(log).toContain('LOKET_HOST_NODE is for development')
    expect(await page.evaluate(`window.loket.invoke('session.signIn', { officerId: 'a', pin: '123456' })`)).toEqual({
      ok: false,
      code: 'HOST_GONE',
    })
  })
})

/** Not through playwright's own launcher: that needs what the fuses took away. */
async function openPacked(executable: string, dataDir: string): Promise<Page> {
  const display = await startDisplay()
  const port = await freePort()
  const child = spawn(executable, [...CHROMIUM_ARGUMENTS, `--remote-debugging-port=${port}`], {
    env: { ...cleanEnvironment(), DISPLAY: display, LOKET_DATA_DIR: dataDir, LOKET_HOST_NODE: process.execPath },
    stdio: 'ignore',
  })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await nothingLeft(dataDir).finally(() => {
      for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGKILL')
    })
  })
  const address = `http://127.0.0.1:${port}`
  // A connection made while the window is still about to load its page never sees that page.
  const pageIsLoaded = async () => {
    const targets = await fetch(`${address}/json/list`).then(
      (answer) => answer.json(),
      () => [],
    )
    return (targets as { title: string }[]).some(({ title }) => title === 'Loket')
  }
  await expect.poll(pageIsLoaded, { timeout: 20_000, interval: 250 }).toBe(true)
  const page = (await chromium.connectOverCDP(address)).contexts()[0]?.pages()[0]
  if (!page) throw new Error('the window is gone again')
  return page
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
