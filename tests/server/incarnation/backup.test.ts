import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backupDatabase } from '#server/backup/backup-database.ts'
import { restoreDatabase } from '#server/backup/restore-database.ts'
import { DATABASE_FILE } from '#server/store/open.ts'
import { beforeTheLoss } from '#tests/server/support/lost-memory.ts'
import { run } from '#tests/server/support/run.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

describe('backup and restore of the file', () => {
  test('a backup is made while the server works, and is never overwritten', async () => {
    const { mall, backup } = await beforeTheLoss()
    expect(() => backupDatabase(mall.dataDir, backup)).toThrow(expect.objectContaining({ code: 'FILE_EXISTS' }))
    expect(readdirSync(join(backup, '..'))).toEqual(['mall.db'])
  })

  test('nothing is restored under a running server', async () => {
    const { mall, backup } = await beforeTheLoss()
    await expect(restoreDatabase(mall.dataDir, backup, mall.now)).rejects.toMatchObject({ code: 'DATA_IN_USE' })
  })

  test.each([
    ['no database at all', 'hello', 'DATABASE_BROKEN'],
    ['an empty file', '', 'DATABASE_FOREIGN'],
  ])('%s is refused and the present database stays', async (_what, content, code) => {
    const { mall } = await beforeTheLoss()
    await mall.close()
    const file = join(tempFolder(), 'other.db')
    writeFileSync(file, content)

    await expect(restoreDatabase(mall.dataDir, file, mall.now)).rejects.toMatchObject({ code })
    expect(readdirSync(mall.dataDir)).toContain(DATABASE_FILE)
  })

  test('the database that was there is kept beside, and no incarnation is used twice', async () => {
    const { mall, backup } = await beforeTheLoss()
    await mall.close()
    const first = await restoreDatabase(mall.dataDir, backup, mall.now)
    const second = await restoreDatabase(mall.dataDir, backup, mall.now + 1_000)

    expect([first.incarnation, second.incarnation]).toEqual([2, 3])
    expect(readdirSync(mall.dataDir).toSorted()).toEqual([
      'mall-before-restore-20261116T010000.db',
      'mall-before-restore-20261116T010001.db',
      'mall.db',
      'server.lock',
    ])
  })

  test('a database that cannot be read any more is replaced and kept', async () => {
    const { mall, backup } = await beforeTheLoss()
    await mall.close()
    writeFileSync(join(mall.dataDir, DATABASE_FILE), 'broken')

    expect(await restoreDatabase(mall.dataDir, backup, mall.now)).toMatchObject({ incarnation: 2 })
    const again = await TestMall.start({ dataDir: mall.dataDir })
    expect(await fetch(`${again.url}/healthz`)).toMatchObject({ status: 200 })
  })
})

test('both are programs for the technician', async () => {
  const { mall } = await beforeTheLoss()
  const out = join(tempFolder(), 'malam.db')
  expect(await run('server/backup-main.ts', ['--data', mall.dataDir, '--out', out])).toMatchObject({
    code: 0,
    stdout: `${out}\n`,
  })
  const busy = await run('server/restore-main.ts', ['--from', out, '--data', mall.dataDir])
  expect(busy).toMatchObject({ code: 1, stderr: expect.stringMatching(/^DATA_IN_USE /) })
  await mall.close()

  const restored = await run('server/restore-main.ts', ['--from', out, '--data', mall.dataDir])
  expect(restored.stdout).toMatch(/^Dipulihkan sebagai inkarnasi 2\. Basis data sebelumnya disimpan sebagai .+\.db\. /)
  const verified = await run('server/verify-main.ts', ['--data', mall.dataDir])
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('mal-uji: utuh.') })
  const missing = await run('server/restore-main.ts', ['--from', `${out}x`, '--data', mall.dataDir])
  expect(missing.stderr).toMatch(/^BACKUP_MISSING /)
})
