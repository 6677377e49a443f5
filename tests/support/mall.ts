/** A real mall server with the sample mall, and real hosts enrolled with it, all in the test's process. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { withFingerprint } from '#contract/enrolment-code.ts'
import { MallConfig } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import { createEnrolmentCode } from '#server/enrolment.ts'
import { type RunningServer, startServer } from '#server/start-server.ts'
import { startTestHost, type TestHost } from '#tests/support/in-process-host.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const SAMPLE_MALL = new URL('../../config/contoh-mpp.json', import.meta.url)

const PINS: Readonly<Record<string, string>> = {
  'petugas-polres-1': '214597',
  'petugas-polres-2': '806243',
  'petugas-disdukcapil-1': '482913',
  'petugas-disdukcapil-2': '730264',
  'penerima-tamu-1': '536928',
  'penyelia-mal': '428016',
  teknisi: '675239',
}

export type Mall = {
  server: RunningServer
  folder: string
  stopServer(): Promise<void>
  /** On the same port and data again; `edit` changes the configuration file meanwhile. */
  startServer(edit?: (config: MallConfig) => MallConfig): Promise<void>
  /** As it is printed: with the certificate's fingerprint when the server has one. */
  code(placeId: string): Promise<string>
  /** A host that is enrolled, connected, and whose officer is signed in. `profile` becomes its profile.json. */
  desk(placeId: string, options?: { profile?: unknown; officerId?: string }): Promise<TestHost & { dataDir: string }>
}

/** The sample mall with only the officers that tests sign in: hashing every PIN would take longer than the test. */
function sampleConfig(): MallConfig {
  const config = MallConfig.parse(JSON.parse(readFileSync(SAMPLE_MALL, 'utf8')))
  return { ...config, officers: config.officers.filter((officer) => officer.id in PINS) }
}

/** `change` edits the configuration before the first start. */
export async function openMall(
  change: (config: MallConfig) => MallConfig = (config) => config,
  { https = false } = {},
): Promise<Mall> {
  const folder = makeTempFolder()
  const options = { config: change(sampleConfig()), dataDir: join(folder, 'server'), https }
  const hosts: TestHost[] = []
  let isUp = true
  const mall: Mall = {
    server: await startServer({ ...options, port: 0 }),
    folder,
    async stopServer() {
      isUp = false
      await mall.server.close()
    },
    async startServer(edit = (config) => config) {
      mall.server = await startServer({ ...options, config: edit(options.config), port: mall.server.port })
      isUp = true
    },
    code: async (placeId) =>
      withFingerprint(await createEnrolmentCode(mall.server.db, roleOf(placeId)), mall.server.fingerprint),
    async desk(placeId, { profile, officerId = officerOf(placeId) } = {}) {
      const dataDir = join(folder, `${placeId}-${hosts.length}`)
      mkdirSync(dataDir, { recursive: true })
      if (profile) writeFileSync(join(dataDir, 'profile.json'), JSON.stringify(profile))
      const host = startTestHost({ dataDir })
      hosts.push(host)
      const code = await mall.code(placeId)
      await must(host.client.invoke('setup.enrol', { serverUrl: mall.server.url, code, deviceName: placeId }))
      await must(host.client.invoke('session.signIn', { officerId, pin: PINS[officerId] ?? '' }))
      await host.until((snapshot) => snapshot.connection.state === 'online', 'connection')
      return { ...host, dataDir }
    },
  }
  onTestFinished(async () => {
    await Promise.all(hosts.map((host) => host.stop()))
    if (isUp) await mall.server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return mall
}

function roleOf(placeId: string): DeviceRole {
  return placeId.startsWith('penerima')
    ? { kind: 'front_desk', frontDeskId: placeId }
    : { kind: 'counter', counterId: placeId }
}

function officerOf(placeId: string): string {
  return placeId.startsWith('penerima') ? `penerima-tamu-${placeId.at(-1)}` : `petugas-${placeId}`
}

/** The data of a result that must be good. */
export async function must<T>(result: Promise<{ ok: true; data: T } | { ok: false; code: string }>): Promise<T> {
  const settled = await result
  if (!settled.ok) throw new Error(`refused: ${JSON.stringify(settled)}`)
  return settled.data
}

export const commandId = () => randomUUID()
