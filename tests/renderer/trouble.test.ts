import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import { calledEntry, openCounter, running, waitingRows } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

function offline(change: Partial<Extract<DeskSnapshot['connection'], { state: 'offline' }>> = {}) {
  return {
    state: 'offline' as const,
    since: Date.UTC(2026, 10, 21, 2, 42),
    unsent: 17,
    reason: 'UNREACHABLE' as const,
    ...change,
  }
}

describe('the connection badge', () => {
  test('says since when, in the mall’s zone, and how much is not yet sent', async () => {
    // The PC's own zone is far away; the sample mall is on WITA.
    const { host, page } = await show(
      { desk: openCounter({ connection: offline() }) },
      { timezoneId: 'America/New_York' },
    )
    await page.getByText('Luring sejak 10.42, 17 belum terkirim').waitFor()
    host.show('desk', { connection: { state: 'online', unsent: 4 } })
    await page.getByText('Terhubung, 4 sedang dikirim').waitFor()
    host.show('desk', { connection: { state: 'online', unsent: 0 } })
    await page.getByText('Terhubung', { exact: true }).waitFor()
  })

  test('leaves only what can be called without the server to call', async () => {
    const shared = waitingRows(12).map((row) => ({ ...row, mine: false }))
    const { host, page } = await show({ desk: openCounter({ connection: offline(), waiting: waitingRows(12) }) })
    await page.getByText('Luring: 4 dapat dipanggil di sini, 8 menunggu jaringan').waitFor()
    await page.getByRole('button', { name: /Panggil Berikutnya/ }).waitFor()
    host.show('desk', { waiting: shared })
    await page.getByText('12 nomor lain menunggu di server').waitFor()
    expect(await page.getByRole('button', { name: /Panggil Berikutnya/ }).count()).toBe(0)
  })

  test('asks for a technician when the server refuses this PC', async () => {
    const { page } = await show({ desk: openCounter({ connection: offline({ reason: 'REFUSED_TOKEN' }) }) })
    await page.getByText('Server mal tidak lagi mengenali PC ini.').waitFor()
    await page.getByText('Kode: REFUSED_TOKEN').waitFor()
  })
})

test('a failed display says what to check and carries the code for IT', async () => {
  const led = { state: 'failed' as const, code: 'LED_PORT_MISSING', detail: 'COM3', where: 'COM3 (FTDI)' }
  const { page } = await show({ desk: openCounter({ led }) })
  await page.getByText('Papan angka bermasalah').waitFor()
  await page.getByText('COM3 (FTDI): Periksa kabel USB papan angka.').waitFor()
  await page.getByTitle('Papan angka bermasalah: COM3 (FTDI)').waitFor()
  await page.getByText('Kode: LED_PORT_MISSING, COM3').waitFor()
})

test('a printer without paper says what to do, and one that runs low only hints', async () => {
  const out = {
    state: 'failed' as const,
    code: 'PRINTER_PAPER_OUT',
    detail: 'DLE EOT 1a327e',
    where: '192.168.1.50:9100',
  }
  const { host, page } = await show({ desk: openCounter({ printer: out }) })
  await page.getByText('Pencetak bermasalah').waitFor()
  await page.getByText('Pasang gulungan baru; cetakan berikutnya jalan sendiri.').waitFor()
  host.show('desk', { printer: { state: 'ready', code: 'PRINTER_PAPER_LOW', detail: null, where: null } })
  await page.getByText('Siapkan gulungan kertas baru.').waitFor()
  await page.getByText('Pencetak siap').waitFor()
})

test('paper that nobody can vouch for is asked about, and the answer is sent', async () => {
  const job = { label: 'P-012', document: 'receipt' as const, state: 'unknown' as const, code: 'PRINTER_CUT_OFF' }
  const printAttention = [
    { jobId: randomUUID(), ...job },
    { jobId: randomUUID(), ...job, label: 'P-011' },
  ]
  const { host, page } = await show({ desk: openCounter({ printAttention }) })
  host.answer('print.settle', ({ jobId }) => {
    host.show('desk', { printAttention: host.snapshot().printAttention.filter((one) => one.jobId !== jobId) })
    return DONE
  })
  await page.getByText('Apakah tanda terima P-012 keluar?').waitFor()
  await page.getByText('Masih ada 1 cetakan lain').waitFor()
  await page.getByRole('button', { name: 'Ya, keluar' }).click()
  await page.getByText('Apakah tanda terima P-011 keluar?').waitFor()
  await page.getByRole('button', { name: 'Cetak salinan' }).click()
  await page.getByText('Apakah tanda terima').waitFor({ state: 'detached' })
  expect(host.received.map(({ input }) => input.cameOut)).toEqual([true, false])
})

test('what the mall counts otherwise is named with its number and time', async () => {
  const at = Date.UTC(2026, 10, 21, 1, 5)
  const conflicts = [
    { label: 'P-012', code: 'SUPERSEDED' as const, at },
    { label: null, code: 'AFTER_MIDNIGHT' as const, at },
  ]
  const { page } = await show({ desk: openCounter({ conflicts, connection: offline({ reason: 'IN_DOUBT' }) }) })
  await page.getByText('2 catatan perlu dilihat penyelia.').waitFor()
  await page.getByText(/P-012 pukul 0[89]\.05: Nomor ini dihitung di loket lain/).waitFor()
  await page.getByText('Server mal meragukan data PC ini.').waitFor()
})

test('a full disk is said at once, and acts stay possible for when it has room again', async () => {
  const { host, page } = await show({ desk: openCounter({ storeProblem: 'STORE_FULL' }) })
  playCounter(host)
  await page.getByText('Penyimpanan PC ini penuh').waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: /Mulai Layani/ }).waitFor()
})

test('a fault in the screen itself leaves no empty window', async () => {
  const { host, page } = await show({ desk: openCounter() })
  // What no host sends: the screen believes the contract and breaks on anything else.
  host.show('desk', { waiting: null as never })
  await page.getByText('Layar ini terhenti.').waitFor()
  expect(show.takeComplaints()).not.toEqual([])
  await expect.poll(() => host.received.map(({ method }) => method)).toEqual(['shell.reportCrash'])
  expect(host.received[0]?.input).toEqual({
    error: expect.stringMatching(/^TypeError: .*\n +at /),
    components: expect.stringMatching(/^\n +at /),
  })
  host.show('desk', { waiting: [] })
  await page.keyboard.press('Enter')
  await page.getByText('Belum ada yang menunggu').waitFor()
})

test('a fault in the compact bar brings the full desk up, and the bar can be loaded again', async () => {
  const { host, page } = await show({ desk: openCounter() }, {}, { query: '&view=bar' })
  host.answer('shell.showDesk', () => ({ ok: true, data: { path: null } }))
  host.show('desk', { waiting: null as never })
  await page.getByText('Layar ini terhenti.').waitFor()
  expect(show.takeComplaints()).not.toEqual([])
  const asked = () => host.received.filter(({ method }) => method !== 'shell.fitBar')
  await expect.poll(() => asked().map(({ method }) => method)).toEqual(['shell.reportCrash', 'shell.showDesk'])
  expect(asked().at(-1)?.input).toEqual({ act: null })
  const [button, height] = await Promise.all([
    page.getByRole('button', { name: 'Muat ulang layar' }).boundingBox(),
    page.evaluate(() => document.querySelector('main')?.clientHeight),
  ])
  await expect.poll(() => host.received.findLast(({ method }) => method === 'shell.fitBar')?.input).toEqual({ height })
  expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThan(Math.min(height ?? 0, 400))
})

describe('when the engine is away', () => {
  test('one line says so, the desk stays, and an act counts once as soon as it is back', async () => {
    const { host, page } = await show({ desk: openCounter({ current: calledEntry() }) })
    const restarting = { state: 'restarting' as const, attempt: 1, retryInMs: 300 }
    host.answer('queue.startServing', () => {
      host.show('shell', { host: restarting })
      return { ok: false, code: 'HOST_GONE' }
    })
    await page.keyboard.press('F3')
    await page.getByText('Mesin loket sedang dimulai ulang.').waitFor()
    await page.getByText('Dipanggil', { exact: true }).first().waitFor()
    playCounter(host)
    await page.waitForTimeout(400)
    expect(host.received).toHaveLength(1)
    host.show('shell', running)
    await page.getByRole('button', { name: /Selesai/ }).waitFor()
    await page.getByText('Mesin loket sedang dimulai ulang.').waitFor({ state: 'detached' })
    const [first, second] = host.received
    expect(host.received).toHaveLength(2)
    expect(second?.input).toEqual(first?.input)
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('a broken line heals by itself and shows the newest state', async () => {
    const { host, page } = await show({ desk: openCounter() })
    host.dropConnections()
    await page.getByText('Mesin loket sedang dimulai ulang.').waitFor()
    host.show('desk', { current: calledEntry({ label: 'Z-099' }) })
    await page.getByText('Z-099').first().waitFor()
    await page.getByText('Mesin loket sedang dimulai ulang.').waitFor({ state: 'detached' })
  })

  test('a line that stays broken is called a failure', async () => {
    const { host, page } = await show({ desk: openCounter() })
    await host.close()
    await page.getByText('Mesin loket belum bisa dimulai').waitFor({ timeout: 15_000 })
    await page.getByText('HOST_GONE').waitFor()
  })

  test('an engine that cannot start shows its code, where the log is and when it is tried again', async () => {
    const failed = {
      state: 'failed' as const,
      code: 'ENGINE_LOAD_FAILED',
      logPath: 'C:\\log\\shell.log',
      attempt: 2,
      retryInMs: 9_000,
    }
    const { host, page } = await show({ shell: { host: failed, laptop: null } })
    host.answer('shell.retryHost', () => {
      host.show('shell', running)
      return DONE
    })
    await page.getByText('ENGINE_LOAD_FAILED').waitFor()
    await page.getByText('C:\\log\\shell.log').waitFor()
    await page.getByText(/Dicoba lagi sendiri dalam [5-9] detik \(percobaan ke-2\)/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Siapa yang bertugas?').waitFor()
  })
})
