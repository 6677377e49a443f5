import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { DeskProfile } from '#main/host/profile.ts'
import { readDeskExport, writeDeskExport } from '#main/host/set-up/desk-export.ts'
import { askedOf, PROFILE, playDevices } from '#tests/renderer/fake-devices.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import { openDevices, section } from '#tests/renderer/open-devices.ts'
import { counterSnapshot } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const MOVED = {
  serverUrl: 'https://10.0.0.5:8443',
  role: { kind: 'counter', counterId: 'polres-1' },
  placeName: 'Loket 12',
  profile: PROFILE,
}
const NOT_ENROLLED = counterSnapshot({ device: null, place: null })

function chooseFile(page: Page, text: string) {
  const file = { name: 'loket-3.json', mimeType: 'application/json', buffer: Buffer.from(text) }
  return page.locator('input[type=file]').setInputFiles(file)
}

describe('a counter that moves away', () => {
  test('is downloaded as the file that the host made', async () => {
    const { host, page } = await openDevices(show)
    await section(page, 'Pindah PC')
    await page.getByText('Tidak pernah ada di dalamnya: kunci, sandi, PIN').waitFor()
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Unduh berkas pindah' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toBe('loket-3.json')
    expect(await readFile(await download.path(), 'utf8')).toBe('{"loket":3}')
    await page.getByText('loket-3.json sudah dibuat.').waitFor()
    expect(await page.locator('main ol li').count()).toBe(3)
    expect(askedOf(host, 'devices.export')).toEqual([{}])
  })

  test('says that unsaved changes stay behind, and why there is no file', async () => {
    const { host, page } = await openDevices(show)
    host.answer('devices.export', () => ({ ok: false, code: 'NOT_ENROLLED' }))
    await page.getByLabel('Kecerahan, 1–4').fill('2')
    await section(page, 'Pindah PC')
    await page.getByText('Ada perubahan yang belum disimpan').waitFor()
    await page.getByRole('button', { name: 'Unduh berkas pindah' }).click()
    await page.getByText('Kode: NOT_ENROLLED').waitFor()
  })
})

describe('a counter that moves in', () => {
  test('fills the form, names its place and devices, and enrols with them', async () => {
    const { host, page } = await show({ desk: NOT_ENROLLED })
    host.answer('devices.readExport', () => ({ ok: true, data: MOVED }))
    host.answer('setup.enrol', () => DONE)
    await chooseFile(page, '{"loket":3}')
    await page.getByText('Berkas pindah: Loket 12', { exact: true }).waitFor()
    expect(await page.locator('main li').allTextContents()).toEqual([
      'Layar 1: cd5220, COM3',
      'Pencetak 80 mm: EPSON TM-T82 Receipt',
    ])
    expect(await page.getByLabel('Alamat server mal').inputValue()).toBe(MOVED.serverUrl)
    expect(await page.getByLabel('Nama PC ini').inputValue()).toBe(MOVED.placeName)
    // The code is the one thing left to type.
    await page.keyboard.type('k7qm 2xra 5tbn qw3e 7yhc m4ld')
    await page.keyboard.press('Enter')
    await expect.poll(() => askedOf(host, 'setup.enrol').length).toBe(1)
    expect(askedOf(host, 'setup.enrol')[0]).toEqual({
      serverUrl: MOVED.serverUrl,
      code: 'k7qm 2xra 5tbn qw3e 7yhc m4ld',
      deviceName: MOVED.placeName,
      profile: PROFILE,
    })
    expect(askedOf(host, 'devices.readExport')).toEqual([{ text: '{"loket":3}' }])
  })

  test('may be a front desk with a name that is too long for a PC: it is shown whole, and cut for the PC', async () => {
    const { host, page } = await show({ desk: NOT_ENROLLED })
    const placeName = `${'PenerimaTamu'.repeat(6)}Sayap-1😀${'x'.repeat(120)}`
    const role = { kind: 'front_desk', frontDeskId: 'penerima-1' } as const
    const profile: DeskProfile = { displays: [], printer: null, voice: null, language: 'id' }
    const file = writeDeskExport({ placeName, role, serverUrl: MOVED.serverUrl, profile, at: 0 })
    host.answer('devices.readExport', ({ text }) => {
      const read = readDeskExport(String(text))
      if (!read.ok) return read
      const { kind: _, version: __, exportedAt: ___, ...desk } = read.desk
      return { ok: true, data: desk }
    })
    host.answer('setup.enrol', () => DONE)
    await chooseFile(page, file)
    await page.getByText(`Berkas pindah: ${placeName}`, { exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    const card = page.locator('form')
    expect(await card.evaluate((form) => form.scrollWidth <= form.clientWidth)).toBe(true)
    // The 80th character is half of one.
    const name = `${'PenerimaTamu'.repeat(6)}Sayap-1`
    expect(await page.getByLabel('Nama PC ini').inputValue()).toBe(name)
    await page.keyboard.type('k7qm 2xra 5tbn qw3e 7yhc m4ld')
    await page.keyboard.press('Enter')
    await expect.poll(() => askedOf(host, 'setup.enrol')[0]?.deviceName).toBe(name)
  })

  test('can be left out again', async () => {
    const { host, page } = await show({ desk: NOT_ENROLLED })
    const profile = { displays: [], printer: null, voice: null, language: 'id' }
    host.answer('devices.readExport', () => ({ ok: true, data: { ...MOVED, profile } }))
    host.answer('setup.enrol', () => ({ ok: false, code: 'PROFILE_NOT_SAVED' }))
    await chooseFile(page, '{}')
    await page.getByText('Tanpa perangkat').waitFor()
    await page.getByRole('button', { name: 'Tanpa berkas ini' }).click()
    await page.getByText('Berkas pindah: Loket 12').waitFor({ state: 'detached' })
    await page.getByLabel('Kode pendaftaran').fill('k7qm 2xra')
    await page.getByRole('button', { name: 'Hubungkan' }).click()
    await page.getByText('Setelan perangkat tidak dapat disimpan di PC ini.').waitFor()
    expect(askedOf(host, 'setup.enrol')[0]?.profile).toBeNull()
  })

  test.each([
    ['EXPORT_UNREADABLE', 'Berkas itu bukan berkas pindah loket.'],
    ['EXPORT_NEWER', 'Berkas itu dibuat oleh Loket versi lebih baru.'],
    ['PROFILE_WRONG', 'Setelan perangkat ini belum benar.'],
  ])('that cannot be read (%s) is refused in words and changes nothing', async (code, words) => {
    const { host, page } = await show({ desk: NOT_ENROLLED })
    host.answer('devices.readExport', () => ({ ok: false, code }))
    await page.getByLabel('Nama PC ini').fill('PC baru')
    await chooseFile(page, 'bukan')
    await page.getByText(words).waitFor()
    expect(await page.getByLabel('Nama PC ini').inputValue()).toBe('PC baru')
  })

  test('is not even asked about when the file is far too large', async () => {
    const { host, page } = await show({ desk: NOT_ENROLLED })
    await chooseFile(page, ' '.repeat(500_000))
    await page.getByText('Berkas itu bukan berkas pindah loket.').waitFor()
    expect(host.received).toEqual([])
  })
})

test('before the enrolment devices can be set up, and what was typed is there afterwards', async () => {
  const { host, page } = await show({ desk: NOT_ENROLLED })
  playDevices(host, { zones: [] })
  await page.getByLabel('Nama PC ini').fill('PC Loket 9')
  await page.getByRole('button', { name: 'Atur perangkat dahulu' }).click()
  await page.getByLabel('Kecerahan, 1–4').fill('2')
  await page.getByRole('button', { name: 'Simpan', exact: true }).click()
  await page.getByText('Tersimpan dan berlaku').waitFor()
  await section(page, 'Pindah PC')
  await page.getByText('PC ini belum terdaftar').waitFor()
  await page.getByRole('button', { name: /Kembali ke pendaftaran/ }).click()
  expect(await page.getByLabel('Nama PC ini').inputValue()).toBe('PC Loket 9')
})
