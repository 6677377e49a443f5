/** A mall that loses its memory: a backup of a moment, what came after it, and the server with the backup in its place. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Grant } from '#contract/wire/hands.ts'
import { backupDatabase } from '#server/backup/backup-database.ts'
import { restoreDatabase } from '#server/backup/restore-database.ts'
import { DATABASE_FILE } from '#server/store/open.ts'
import { TestConnection } from '#tests/server/support/test-connection.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

async function counterOf(mall: TestMall, counterId: string) {
  const device = await mall.counter(counterId)
  const connection = new TestConnection(device)
  await connection.greet()
  return { device, connection }
}

/** Two counters for `ktp`, a front desk, and a backup of the moment before anything was issued. */
export async function beforeTheLoss() {
  const mall = await TestMall.start()
  const front = { device: await mall.frontDesk() }
  const desk = { ...front, connection: new TestConnection(front.device) }
  await desk.connection.greet()
  const one = await counterOf(mall, 'dukcapil-1')
  const two = await counterOf(mall, 'dukcapil-2')
  await one.device.open()
  const backup = join(tempFolder(), 'mall.db')
  backupDatabase(mall.dataDir, backup)
  return { mall, desk, one, two, backup }
}

/** The same folder with the backup in it; every device finds the server again. */
export async function afterRestore(
  mall: TestMall,
  backup: string,
  ...devices: readonly TestDevice[]
): Promise<TestMall> {
  await mall.close()
  await restoreDatabase(mall.dataDir, backup, mall.now)
  return backAgain(mall, ...devices)
}

export async function backAgain(mall: TestMall, ...devices: readonly TestDevice[]): Promise<TestMall> {
  const again = await TestMall.start({ dataDir: mall.dataDir })
  for (const device of devices) device.reconnect(again.url, 0)
  return again
}

export const asserted = ({ order: _order, ...grant }: Grant, state: 'held' | 'used' | 'released' | 'void') => ({
  ...grant,
  state,
})

/** As somebody would who does not know the command. */
export function copyByHand(backup: string, dataDir: string): void {
  for (const name of readdirSync(dataDir)) if (name.startsWith(DATABASE_FILE)) rmSync(join(dataDir, name))
  copyFileSync(backup, join(dataDir, DATABASE_FILE))
}
