/** The counter's day on the screen: pause, planned pause, closing, services, change of officer, lock. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE, type FakeHost } from '#tests/renderer/fake-host.ts'
import {
  asideRows,
  catalogue,
  cutOff,
  frontDeskSnapshot,
  openCounter,
  POLICE_OFFICER,
  secondStepEntry,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const MINUTE = 60_000
const SERVICES = openCounter().mayTake
const sent = (host: FakeHost, method: string) => host.received.filter((one) => one.method === method)
const serviceName = (id: string) => catalogue.services.find((one) => one.id === id)?.name.id ?? id

/** Opens the menu of everything else and takes one of it. */
async function more(page: Page, name: string) {
  await page.keyboard.press('F10')
  await page.getByRole('menuitem', { name }).click()
}

const focusIn = (page: Page, words: string) =>
  page.waitForFunction((text) => document.activeElement?.textContent?.includes(text), words)

const aside = asideRows()

test('a counter that opens with nobody waiting goes on by keyboard, and the first who comes is one Enter away', async () => {
  const { page, host } = await show({ desk: openCounter({ open: false, waiting: [] }) })
  playCounter(host)
  await focusIn(page, 'Buka Loket')
  await page.keyboard.press('Enter')
  await focusIn(page, 'Terima Struk')
  // What somebody chose keeps the focus.
  await page.getByRole('tab', { name: /Ditunda/ }).focus()
  host.show('desk', { waiting: waitingRows(2) })
  await page.getByRole('button', { name: /Panggil Berikutnya/ }).waitFor()
  await page.waitForTimeout(300)
  await focusIn(page, 'Ditunda')
  host.show('desk', { waiting: [] })
  await page.getByText('Hari ini').click()
  await focusIn(page, 'Terima Struk')
  host.show('desk', { waiting: waitingRows(1) })
  await focusIn(page, 'Panggil Berikutnya')
  await page.getByText('Hari ini').click()
  await focusIn(page, 'Panggil Berikutnya')
  await page.waitForTimeout(550)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Mulai Layani/ }).waitFor()
})

describe('a pause', () => {
  test('takes two keys: the reason is usual, the digit is the time; and one key ends it', async () => {
    const { page, host } = await show({ desk: openCounter() })
    playCounter(host)
    await page.keyboard.press('F12')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('3')
    await page.getByRole('heading', { name: 'Loket sedang istirahat' }).waitFor()
    const [pause] = sent(host, 'counter.pause')
    expect(pause?.input).toMatchObject({ reason: 'break' })
    const ahead = Number(pause?.input.backAt) - Date.now()
    expect(Math.abs(ahead - 15 * MINUTE)).toBeLessThan(MINUTE)
    expect(await page.getByRole('button', { name: /Panggil Berikutnya/ }).count()).toBe(0)
    await page.getByRole('button', { name: /Lanjutkan/ }).waitFor()
    await page.keyboard.press('F9')
    await page.getByRole('button', { name: /Panggil Berikutnya/ }).waitFor()
    expect(sent(host, 'counter.resume')).toHaveLength(1)
  })

  test('until a time of the mall’s clock; a time that is over or none is said so and asked again', async () => {
    const ten = Date.parse('2026-11-20T10:00:00+08:00')
    const { page, host } = await show({ desk: openCounter({ at: ten }) })
    playCounter(host)
    await page.keyboard.press('F12')
    await page.getByText('Ibadah', { exact: true }).click()
    const field = page.getByLabel('Atau pukul')
    for (const wrong of ['25.00', 'siang', '', '09.59']) {
      await field.fill(wrong)
      await page.keyboard.press('Enter')
      await page.getByText('Tulis jam yang masih akan datang').waitFor()
    }
    expect(sent(host, 'counter.pause')).toEqual([])
    await field.fill('1300')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Loket sedang istirahat' }).waitFor()
    expect(sent(host, 'counter.pause')[0]?.input).toMatchObject({ reason: 'prayer', backAt: ten + 180 * MINUTE })
  })

  test('shows when somebody is back, and when that has passed', async () => {
    const pause = { reason: 'meeting' as const, since: Date.now() - 10 * MINUTE, scheduled: false }
    const desk = openCounter({ pause: { ...pause, backAt: Date.now() + 5 * MINUTE } })
    const { page, host } = await show({ desk })
    await page.getByText(/Kembali pukul .*5 menit lagi/).waitFor()
    host.show('desk', { pause: { ...pause, backAt: Date.now() - 3.5 * MINUTE } })
    await page.getByText(/sudah lewat 3 menit/).waitFor()
    host.show('desk', { pause: { ...pause, backAt: null } })
    await page.getByText(/sudah lewat/).waitFor({ state: 'detached' })
  })

  test('lets nobody come to the desk: not the absent, not who was set aside, not a walk-in, not out of turn', async () => {
    const pause = { reason: 'meeting' as const, since: Date.now(), backAt: null, scheduled: false }
    const { page } = await show({ desk: openCounter({ pause, aside: asideRows() }) })
    await page.keyboard.press('F10')
    await page.getByRole('menuitem', { name: 'Tutup Loket' }).waitFor()
    await expect.poll(() => page.getByRole('menuitem', { name: 'Layani Tanpa Nomor' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: /Ditunda/ }).click()
    await page.getByText('P-002').waitFor()
    for (const name of ['Panggil kembali', 'Lanjutkan']) {
      expect(await page.getByRole('tabpanel').getByRole('button', { name, exact: true }).count(), name).toBe(0)
    }
  })

  test('refused by the host keeps the question and says why', async () => {
    const { page, host } = await show({ desk: openCounter() })
    host.answer('counter.pause', () => ({ ok: false, code: 'ENTRY_IN_PROGRESS' }))
    await page.keyboard.press('F12')
    await page.keyboard.press('1')
    await page.getByRole('dialog').getByText('Selesaikan, tunda, atau alihkan dulu.').waitFor()
  })

  test('is not offered while somebody is at the desk', async () => {
    const { page, host } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    await page.keyboard.press('F12')
    await page.keyboard.press('F4')
    await page.getByRole('dialog').waitFor()
    expect(sent(host, 'counter.pause')).toEqual([])
  })
})

describe('a pause by schedule', () => {
  const from = Date.now() + 8 * MINUTE
  const pauseAhead = { reason: 'prayer' as const, from, at: from, to: from + 75 * MINUTE }

  test('is announced, and put off or left out by one click', async () => {
    const { page, host } = await show({ desk: openCounter({ pauseAhead }) })
    host.answer('counter.putOffPause', () => DONE)
    await page.getByText('Istirahat (Ibadah) 8 menit lagi.').waitFor()
    await page.getByRole('button', { name: 'Tunda 15 menit' }).click()
    await expect.poll(() => sent(host, 'counter.putOffPause').length).toBe(1)
    host.answer('counter.putOffPause', () => {
      host.show('desk', { pauseAhead: null })
      return DONE
    })
    await page.getByRole('button', { name: 'Lewati hari ini' }).click()
    await expect.poll(() => sent(host, 'counter.putOffPause').length).toBe(2)
    await focusIn(page, 'Panggil Berikutnya')
    expect(sent(host, 'counter.putOffPause').map(({ input }) => [input.from, input.until])).toEqual([
      [from, from + 15 * MINUTE],
      [from, pauseAhead.to],
    ])
  })

  test('that waits for the visitor says so', async () => {
    const due = { ...pauseAhead, from: Date.now() - MINUTE, at: Date.now() - MINUTE }
    const { page } = await show({ desk: openCounter({ pauseAhead: due, current: servingEntry(4) }) })
    await page.getByText('Loket berhenti memanggil setelah pengunjung ini selesai.').waitFor()
  })
})

describe('closing', () => {
  test('sums up the day, settles what was set aside as chosen, and signs out', async () => {
    const { page, host } = await show({ desk: openCounter({ aside }) })
    playCounter(host)
    await more(page, 'Tutup Loket')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('11 menit').waitFor()
    await dialog.getByText(/4 nomor yang sudah dibagikan .* kembali ke antrean/).waitFor()
    await dialog.getByLabel('P-001, ditunda').selectOption({ label: 'Kembali ke antrean untuk loket lain' })
    await dialog.getByRole('button', { name: 'Tutup dan keluar' }).click()
    await expect.poll(() => sent(host, 'session.signOut').length).toBe(1)
    expect(sent(host, 'counter.close')[0]?.input.settle).toEqual([
      { visitId: aside[0]?.visitId, entryNo: 1, to: 'return' },
    ])
  })

  test('offers the queue only to what is of today', async () => {
    const { page, host } = await show({
      desk: openCounter({ aside: aside.map((row, n) => ({ ...row, isOfToday: n > 0 })) }),
    })
    playCounter(host)
    await more(page, 'Tutup Loket')
    const fates = (label: string) => page.getByRole('dialog').getByLabel(label).getByRole('option').allTextContents()
    expect(await fates('P-001, ditunda')).toEqual(['Tetap di loket ini, dapat dilanjutkan nanti', 'Batalkan'])
    expect(await fates('P-002, tidak hadir')).toHaveLength(3)
  })

  test('while cut off says what is kept, and may leave the officer signed in', async () => {
    const { page, host } = await show({ desk: openCounter({ connection: cutOff(17) }) })
    playCounter(host)
    await more(page, 'Tutup Loket')
    await page.getByText('Luring: 4 nomor tetap di loket ini sampai tersambung lagi').waitFor()
    await page.getByText('17 catatan belum terkirim.').waitFor()
    await page.getByRole('button', { name: 'Tutup loket saja' }).click()
    await page.getByRole('button', { name: /Buka Loket/ }).waitFor()
    expect(sent(host, 'session.signOut')).toEqual([])
  })

  test('refused keeps the question open', async () => {
    const { page, host } = await show({ desk: openCounter({ aside }) })
    playCounter(host)
    host.answer('counter.close', () => ({ ok: false, code: 'STALE_SCREEN' }))
    await more(page, 'Tutup Loket')
    await page.getByRole('button', { name: 'Tutup dan keluar' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    expect(sent(host, 'session.signOut')).toEqual([])
  })
})

describe('the choice of services', () => {
  const takers = (others: Record<string, string[]>) => () => ({
    ok: true as const,
    data: { services: SERVICES.map((serviceId) => ({ serviceId, counterNames: others[serviceId] ?? [] })) },
  })
  const [first = '', second = ''] = SERVICES

  test('warns before a service is left without anybody, and sends what is ticked', async () => {
    const { page, host } = await show({ desk: openCounter() })
    host.answer('counter.takers', takers({ [first]: ['13'] }))
    host.answer('counter.chooseServices', () => DONE)
    await more(page, 'Layanan Saya Sekarang')
    await page.getByText('Juga di Loket 13').waitFor()
    await page.getByLabel(serviceName(first)).uncheck()
    expect(await page.getByText('tidak ada yang melayaninya di mal').count()).toBe(0)
    await page.getByLabel(serviceName(second)).uncheck()
    await page.getByText('tidak ada yang melayaninya di mal').waitFor()
    await page.getByRole('button', { name: `Layani ${SERVICES.length - 2} layanan ini` }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(sent(host, 'counter.chooseServices')[0]?.input.serviceIds).toEqual(SERVICES.slice(2))
  })

  test('of nothing is not sent; of everything is one click', async () => {
    const { page, host } = await show({ desk: openCounter({ takes: [first] }) })
    host.answer('counter.takers', () => ({ ok: true, data: { services: null } }))
    host.answer('counter.chooseServices', () => DONE)
    await page.getByText(`Hanya melayani 1 dari ${SERVICES.length} layanan.`).waitFor()
    await page.getByRole('button', { name: 'Ubah' }).click()
    await page.getByLabel(serviceName(first)).uncheck()
    await page.getByRole('button', { name: 'Centang sedikitnya satu' }).click({ force: true })
    expect(sent(host, 'counter.chooseServices')).toEqual([])
    await page.getByRole('button', { name: 'Layani semua' }).click()
    await expect.poll(() => sent(host, 'counter.chooseServices').length).toBe(1)
    expect(sent(host, 'counter.chooseServices')[0]?.input.serviceIds).toEqual(SERVICES)
  })

  test('that the host refuses is explained in place', async () => {
    const { page, host } = await show({ desk: openCounter() })
    host.answer('counter.takers', () => ({ ok: true, data: { services: null } }))
    host.answer('counter.chooseServices', () => ({ ok: false, code: 'CHOICE_STRANDS' }))
    await more(page, 'Layanan Saya Sekarang')
    await page.getByLabel(serviceName(first)).uncheck()
    await page.getByRole('button', { name: /^Layani \d layanan/ }).click()
    await page.getByRole('dialog').getByText('Saat luring').waitFor()
  })
})

describe('a change of officer', () => {
  test('takes two keys and the PIN, also on a PC whose dialog is slow; the counter stays as it is', async () => {
    const { page, host } = await show({ desk: openCounter({ current: servingEntry(2) }) })
    playCounter(host)
    // A dialog looks for its first field in a timer without a time; here it comes when the name is long chosen.
    await page.evaluate(() => {
      const later = window.setTimeout
      window.setTimeout = ((run: () => void, ms = 400) => later(run, ms)) as typeof window.setTimeout
    })
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('1')
    await page.getByLabel('PIN 6 angka').waitFor()
    await page.waitForTimeout(600)
    await page.keyboard.type(POLICE_OFFICER.pin)
    await page.getByRole('button', { name: 'I Made Suardana' }).waitFor()
    expect(sent(host, 'session.signIn')[0]?.input).toMatchObject({ officerId: 'made' })
    expect(sent(host, 'session.signOut')).toEqual([])
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})

test('a dialog that the officer’s menu opened keeps the focus, and the next step has it afterwards', async () => {
  const { page } = await show({ desk: openCounter() })
  const name = page.getByRole('button', { name: POLICE_OFFICER.name })
  await name.press('Enter')
  await page.getByRole('menuitem', { name: /Ganti petugas/ }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(100)
  expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Panggil Berikutnya'))
})

test('a digit pressed twice answers once', async () => {
  const { page, host } = await show({ desk: openCounter() })
  playCounter(host)
  await page.keyboard.press('F12')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('3')
  await page.getByRole('heading', { name: 'Loket sedang istirahat' }).waitFor()
  await page.keyboard.press('3')
  expect(sent(host, 'counter.pause')).toHaveLength(1)
  expect(await page.getByRole('alert').count()).toBe(0)
})

describe('the lock', () => {
  test('by Ctrl+L, also while typing; the number stays in view, what is personal does not', async () => {
    const current = secondStepEntry()
    const { page, host } = await show({ desk: openCounter({ current }) })
    playCounter(host)
    host.answer('session.lock', () => {
      host.show('desk', { locked: { since: Date.now() }, current: { ...current, prerequisites: [] } })
      return DONE
    })
    await page.getByText('STPLK/1187/XI/2026/SPKT').waitFor()
    await page.keyboard.press('F6')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Control+l')
    await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor()
    await page.getByText(current.label).waitFor()
    await page.getByRole('timer').waitFor()
    expect(await page.getByText('STPLK').count()).toBe(0)
    for (const key of ['F4', 'F6', 'F10']) await page.keyboard.press(key)
    expect(await page.getByRole('dialog').count()).toBe(0)
    host.answer('session.signIn', () => {
      host.show('desk', { locked: null })
      return DONE
    })
    await page.keyboard.type(POLICE_OFFICER.pin)
    await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor({ state: 'detached' })
    expect(sent(host, 'session.signIn')[0]?.input).toMatchObject({ officerId: POLICE_OFFICER.id })
  })

  test('is opened by somebody else, too', async () => {
    const { page, host } = await show({ desk: openCounter({ locked: { since: Date.now() } }) })
    playCounter(host)
    await page.getByRole('button', { name: 'Petugas lain' }).click()
    await page.getByRole('button', { name: /Made/ }).click()
    await page.keyboard.type(POLICE_OFFICER.pin)
    await expect.poll(() => sent(host, 'session.signIn').length).toBe(1)
    expect(sent(host, 'session.signIn')[0]?.input).toMatchObject({ officerId: 'made' })
  })

  test('of the front desk is the same', async () => {
    const { page, host } = await show({ desk: frontDeskSnapshot() })
    host.answer('session.lock', () => DONE)
    await page.keyboard.press('Control+l')
    await expect.poll(() => sent(host, 'session.lock').length).toBe(1)
    host.show('desk', { locked: { since: Date.now() } })
    await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor()
  })

  test('does not come while somebody touches the screen: the host hears of it, but not of every key', async () => {
    const { page, host } = await show({ desk: openCounter() })
    for (const key of ['Tab', 'Tab', 'Tab']) await page.keyboard.press(key)
    await expect.poll(() => host.touches()).toBe(1)
    host.show('desk', { locked: { since: Date.now() } })
    await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor()
    await page.keyboard.press('Tab')
    expect(host.touches()).toBe(1)
  })
})

test('a PC whose clock is wrong says so, and that nothing is lost', async () => {
  const { page, host } = await show({ desk: openCounter({ pcClockMinutes: -12 }) })
  await page.getByText('Jam PC ini terlambat 12 menit.').waitFor()
  host.show('desk', { pcClockMinutes: 3 })
  await page.getByText('Jam PC ini terlalu cepat 3 menit.').waitFor()
})
