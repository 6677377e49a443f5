/** Two server processes on one PostgreSQL, and one of them is killed in the middle of its work. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { businessDate } from '#domain/business-date.ts'
import { createEnrolmentCode } from '#server/enrolment.ts'
import { openStore } from '#server/store/open.ts'
import { request } from '#tests/server/support/http.ts'
import { mallDatabase } from '#tests/server/support/postgres.ts'
import { ROOT } from '#tests/server/support/run.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestDevice } from '#tests/server/support/test-device.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

async function startProgram(config: string, database: string): Promise<{ process: ChildProcess; url: string }> {
  const args = ['--config', config, '--port', '0', '--database', database]
  const child = fork(join(ROOT, 'server/main.ts'), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [message] = (await once(child, 'message')) as [{ port: number }]
  return { process: child, url: `http://127.0.0.1:${message.port}` }
}

test('a killed server loses nothing that it acknowledged, and the other one works on', async () => {
  const database = await mallDatabase()
  const config = join(tempFolder(), 'mal.json')
  writeFileSync(config, JSON.stringify(TEST_CONFIG))
  const [first, second] = await Promise.all([startProgram(config, database), startProgram(config, database)])
  const db = await openStore(database)
  const enrol = async (url: string, frontDeskId: string) =>
    TestDevice.enrol(url, await createEnrolmentCode(db, { kind: 'front_desk', frontDeskId }), Date.now)
  const doomed = await Promise.all(['penerima-1', 'penerima-2', 'penerima-1'].map((id) => enrol(first.url, id)))
  const survivor = await enrol(second.url, 'penerima-2')
  const date = businessDate(Date.now(), TEST_CONFIG.mall.timeZone)
  const acked = new Map<TestDevice, number>()
  let label = 0
  const pushUntil = async (desk: TestDevice, enough: () => boolean) => {
    while (!enough()) {
      label += 1
      desk.recordIssue(`D-${String(label).padStart(4, '0')}`, 'ktp', { date })
      acked.set(desk, (await desk.push()).ackedSeq)
    }
  }

  let isDead = false
  const dying = doomed.map((desk) => pushUntil(desk, () => false))
  const living = pushUntil(survivor, () => isDead && (acked.get(survivor) ?? 0) > 60)
  await expect
    .poll(() => Math.min(...doomed.map((desk) => acked.get(desk) ?? 0)), { timeout: 20_000 })
    .toBeGreaterThan(15)
  first.process.kill('SIGKILL')
  await Promise.allSettled(dying)
  isDead = true
  await living

  for (const desk of doomed) {
    const told = acked.get(desk) ?? 0
    const again = await request(`${second.url}/v1/events`, { token: desk.enrolment.token, body: desk.piece(1) })
    expect(again).toMatchObject({ status: 200, body: { ackedSeq: desk.chain.length, findings: [] } })
    const stored = await db.selectFrom('event').select('hash').where('device_id', '=', desk.id).orderBy('seq').execute()
    expect(stored.slice(0, told).map(({ hash }) => hash)).toEqual(desk.chain.slice(0, told).map(({ hash }) => hash))
  }
  const waiting = await db.selectFrom('entry').select('ord').execute()
  expect(waiting).toHaveLength([...doomed, survivor].reduce((sum, desk) => sum + desk.chain.length, 0))
  await db.destroy()
}, 60_000)
