import { expect, test } from 'vitest'
import { run } from '#tests/server/support/run.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const penyelia = (mall: TestMall, ...args: string[]) =>
  run('server/penyelia-main.ts', [...args, '--data', mall.dataDir])

test('the technician lists and reclaims beside the running server, whose streams hear of it', async () => {
  const mall = await TestMall.start()
  mall.now = Date.now()
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Makassar' }).format(mall.now)
  const desk = await mall.frontDesk()
  const counter = await mall.counter('polres-1')
  await counter.open()
  await desk.issue('P-001', 'hilang', { date: today })
  await mall.db
    .updateTable('counter_session')
    .set({ opened_at: mall.now - 120_000 })
    .execute()
  const stream = await counter.changes()
  await stream.untilCaughtUp()

  const list = await penyelia(mall, 'list')
  expect(list.stdout).toContain('Mal Uji\n')
  expect(list.stdout).toContain(`${counter.id}  loket 1  PC uji  SILENT (tidak terdengar), belum terdengar: P-001`)
  expect(await penyelia(mall, 'reclaim', '--device', counter.id)).toMatchObject({
    code: 0,
    stdout: 'Sudah dilaksanakan.\n',
  })

  expect((await stream.take(2)).map(({ kind }) => kind).toSorted()).toEqual(['queue', 'session_over'])
  expect((await mall.entries())[0]).toMatchObject({ device_id: null })
  expect((await penyelia(mall, 'list')).stdout).toContain('Tidak ada yang perlu tindakan.')
})

test.each([
  [['reclaim', '--device', crypto.randomUUID()], 'UNKNOWN_DEVICE'],
  [['reclaim'], 'BAD_OPTION'],
  [['hapus'], 'BAD_OPTION'],
  [[], 'BAD_OPTION'],
])('%j ends with one line and a code', async (args, code) => {
  const mall = await TestMall.start()
  const ended = await penyelia(mall, ...args)
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toMatch(new RegExp(`^${code} [^\\n]+\\n$`))
})

test('a healthy desk is refused with its code', async () => {
  const mall = await TestMall.start()
  const counter = await mall.counter('polres-1')
  expect((await penyelia(mall, 'reclaim', '--device', counter.id)).stderr).toMatch(/^NOT_STRANDED /)
  expect((await penyelia(mall, 'readmit', '--device', counter.id)).stderr).toMatch(/^NOT_IN_DOUBT /)
  expect((await penyelia(mall, 'dismiss', '--device', counter.id)).stderr).toMatch(/^NOT_BEHIND_BARRIER /)
})
