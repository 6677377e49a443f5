/**
 * A real mall server on a free port and on the database that this run of the suite is about, with its clock in the test's
 * hand, closed and removed when the test ends.
 */
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, inject, onTestFinished } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import { createEnrolmentCode } from '#server/enrolment.ts'
import { type RunningServer, startServer } from '#server/start-server.ts'
import { DATABASE_FILE } from '#server/store/open.ts'
import { mallDatabase } from '#tests/server/support/postgres.ts'
import { MORNING } from '#tests/server/support/test-clock.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestDevice } from '#tests/server/support/test-device.ts'
import { makeTempFolder, tempFolder } from '#tests/support/temp-folder.ts'

export { MORNING, TODAY } from '#tests/server/support/test-clock.ts'

export type TestMallOptions = {
  config?: MallConfig
  /** Where another mall of this test has its data, as `database`. */
  dataDir?: string
  database?: string
  recallMs?: number | undefined
}

/** As `recallMs`: a holder that answers at all answers in time, however busy the machine is. */
export const HOLDERS_ANSWER = 10_000

export class TestMall {
  now = MORNING
  readonly dataDir: string
  readonly database: string | undefined
  #server: RunningServer

  static async start(options: TestMallOptions = {}): Promise<TestMall> {
    const { dataDir, database } = await placeOf(options)
    const clock = { now: () => MORNING }
    const config = options.config ?? TEST_CONFIG
    const now = () => clock.now()
    const { recallMs } = options
    const server = await startServer({ config, dataDir, database, port: 0, now, recallMs, logLevel: 'silent' })
    const mall = new TestMall(server, dataDir, database)
    clock.now = () => mall.now
    onTestFinished(() => mall.close())
    return mall
  }

  private constructor(server: RunningServer, dataDir: string, database: string | undefined) {
    this.#server = server
    this.dataDir = dataDir
    this.database = database
  }

  get url(): string {
    return this.#server.url
  }

  get db(): RunningServer['db'] {
    return this.#server.db
  }

  close(): Promise<void> {
    return this.#server.close()
  }

  async enrol(role: DeviceRole, mallId = 'mal-uji'): Promise<TestDevice> {
    const code = await createEnrolmentCode(this.db, role, this.now, mallId)
    return TestDevice.enrol(this.url, code, () => this.now)
  }

  /** As if these devices had just been heard of, in their present sessions. */
  async hear(...devices: readonly TestDevice[]): Promise<void> {
    for (const { id, epoch } of devices) {
      await this.db
        .updateTable('device')
        .set({ heartbeat_at: this.now, heartbeat_epoch: epoch, heartbeat_incarnation: 1 })
        .where('id', '=', id)
        .execute()
    }
  }

  /** The stored chain of a device. */
  eventsOf({ id }: TestDevice) {
    return this.db
      .selectFrom('event')
      .selectAll()
      .where('device_id', '=', id)
      .orderBy('generation')
      .orderBy('seq')
      .execute()
  }

  /** Every entry in the order of arrival. */
  entries() {
    return this.db.selectFrom('entry').selectAll().orderBy('mall_id').orderBy('ord').execute()
  }

  counter(counterId: string): Promise<TestDevice> {
    return this.enrol({ kind: 'counter', counterId })
  }

  frontDesk(frontDeskId = 'penerima-1'): Promise<TestDevice> {
    return this.enrol({ kind: 'front_desk', frontDeskId })
  }
}

async function placeOf({ dataDir, database }: { dataDir?: string; database?: string }) {
  if (database || (!dataDir && inject('store') === 'postgres')) {
    return { dataDir: '', database: database ?? (await mallDatabase()) }
  }
  return { dataDir: dataDir ?? (await freshDataDir()), database: undefined }
}

let template: Promise<string> | undefined

/** A copy of a database that has the configuration already: hashing its PINs is slow on purpose. */
async function freshDataDir(): Promise<string> {
  template ??= makeTemplate()
  const dataDir = tempFolder()
  copyFileSync(join(await template, DATABASE_FILE), join(dataDir, DATABASE_FILE))
  return dataDir
}

async function makeTemplate(): Promise<string> {
  const dataDir = makeTempFolder()
  const server = await startServer({ config: TEST_CONFIG, dataDir, port: 0, now: () => MORNING, logLevel: 'silent' })
  await server.close()
  return dataDir
}

afterAll(async () => {
  if (template) rmSync(await template, { recursive: true, force: true })
})
