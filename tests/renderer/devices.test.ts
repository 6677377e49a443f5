import { describe, expect, test } from 'vitest'
import { askedOf, PROFILE, playDevices } from '#tests/renderer/fake-devices.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import { openDevices, SUPERVISOR, saveButton, section, TECHNICIAN } from '#tests/renderer/open-devices.ts'
import { frontDeskSnapshot, openCounter } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const failedLed = { state: 'failed' as const, code: 'LED_SILENT', detail: 'COM3', where: 'COM3' }

describe('the way to the devices screen', () => {
  test('is there for a supervisor and a technician who also serves, and for no plain officer', async () => {
    const { host, page } = await show({ desk: openCounter({ led: failedLed }) })
    const way = page.getByRole('button', { name: 'Perangkat', exact: true })
    await page.getByText('Papan angka tidak menjawab.').waitFor()
    expect(await way.count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Periksa perangkat' }).count()).toBe(0)
    for (const officer of [SUPERVISOR, { ...TECHNICIAN, roles: ['officer' as const, 'technician' as const] }]) {
      host.show('desk', { officer })
      await way.waitFor()
    }
    host.show('desk', { officer: { id: 'budi', name: 'Budi', roles: ['officer'] } })
    await way.waitFor({ state: 'detached' })
  })

  test('leads from the notice about a failed display, and Esc leads back to the desk', async () => {
    const { host, page } = await show({ desk: openCounter({ officer: SUPERVISOR, led: failedLed }) })
    playDevices(host)
    await page.getByRole('button', { name: 'Periksa perangkat' }).click()
    await page.getByRole('heading', { name: 'Perangkat' }).waitFor()
    await page.getByText('Yang akan tampil').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Panggil Berikutnya/ }).waitFor()
  })

  test('is open at the front desk, too, and closes with the session', async () => {
    const { host, page } = await show({ desk: frontDeskSnapshot({ officer: SUPERVISOR }) })
    playDevices(host)
    await page.getByRole('button', { name: 'Perangkat', exact: true }).click()
    await page.getByText('Yang akan tampil').waitFor()
    host.show('desk', { officer: null })
    await page.getByText('Siapa yang bertugas?').waitFor()
    host.show('desk', { officer: SUPERVISOR })
    await page.getByRole('combobox', { name: 'Cari layanan' }).waitFor()
  })

  test('a technician who does nothing else sees it instead of the desk, and signs out there', async () => {
    const { host, page } = await show({ desk: openCounter({ officer: TECHNICIAN }) })
    // Nobody answered yet: the screen says so and asks again when told to.
    await page.getByText('Kode: UNKNOWN_METHOD').waitFor()
    playDevices(host)
    host.answer('session.signOut', () => {
      host.show('desk', { officer: null })
      return DONE
    })
    await page.keyboard.press('Enter')
    await page.getByText('Yang akan tampil').waitFor()
    expect(await page.getByRole('button', { name: /Kembali/ }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keluar' }).click()
    await page.getByText('Siapa yang bertugas?').waitFor()
  })
})

test('the first page does not carry the devices screen', async () => {
  const { page } = await show({ desk: openCounter({ officer: SUPERVISOR }) })
  const scripts = () =>
    page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length)
  const before = await scripts()
  await page.getByRole('button', { name: 'Perangkat', exact: true }).click()
  await page.getByText('Kode: UNKNOWN_METHOD').waitFor()
  expect(await scripts()).toBeGreaterThan(before)
})

describe('the draft', () => {
  test('is saved whole, and saving is possible only when something changed', async () => {
    const { host, page } = await openDevices(show)
    expect(await saveButton(page).getAttribute('aria-disabled')).toBe('true')
    await saveButton(page).click({ force: true })
    await page.getByLabel('Kecerahan, 1–4').fill('2')
    await section(page, 'Suara')
    await page.getByLabel('Zona pengeras suara').selectOption({ label: 'Lantai 2' })
    await page.getByText('Belum disimpan').waitFor()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')).toEqual([
      {
        profile: {
          ...PROFILE,
          displays: [{ ...PROFILE.displays[0], params: { brightness: 2 } }],
          voice: { zone: 'lantai-2', volume: 80, repeats: 1, chime: true, reading: 'number', languages: 'id' },
        },
      },
    ])
    expect(await saveButton(page).getAttribute('aria-disabled')).toBe('true')
  })

  test('taken back to what it was is no change', async () => {
    const { page } = await openDevices(show)
    await section(page, 'Pencetak')
    await page.getByText('58 mm').click()
    await page.getByText('Belum disimpan').waitFor()
    await page.getByText('80 mm').click()
    await page.getByText('Belum disimpan').waitFor({ state: 'detached' })
  })

  test('that the host refuses shows place and rule at its section, until it is changed', async () => {
    const { host, page } = await openDevices(show)
    host.answer('devices.save', () => ({
      ok: false,
      code: 'PROFILE_WRONG',
      detail: { at: 'displays.0.params.idleUpper', rule: 'huruf ini tidak ada di layar' },
    }))
    await page.getByLabel('Siaga, baris atas').fill('Ω')
    await section(page, 'Suara')
    await saveButton(page).click()
    await page.getByText('Layar 1, Siaga, baris atas: huruf ini tidak ada di layar').waitFor()
    await page.getByLabel('ada yang perlu diperbaiki').waitFor()
    const field = page.getByLabel('Siaga, baris atas')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.inputValue()).toBe('Ω')
    await section(page, 'Pencetak')
    await page.getByText('Pencetak struk').waitFor()
    expect(await page.getByText('huruf ini tidak ada di layar').count()).toBe(0)
    await section(page, 'Layar nomor')
    await page.getByLabel('Siaga, baris atas').fill('O')
    await page.getByText('huruf ini tidak ada di layar').first().waitFor({ state: 'detached' })
  })

  test('that cannot be written stays on the screen and says why', async () => {
    const { host, page } = await openDevices(show)
    host.answer('devices.save', () => ({ ok: false, code: 'PROFILE_NOT_SAVED' }))
    await page.getByLabel('Kecerahan, 1–4').fill('1')
    await saveButton(page).click()
    await page.getByText('Setelan perangkat tidak dapat disimpan di PC ini.').waitFor()
    expect(await page.getByLabel('Kecerahan, 1–4').inputValue()).toBe('1')
    await page.getByText('Belum disimpan').waitFor()
  })

  test('is asked about before it would be lost', async () => {
    const { host, page } = await openDevices(show)
    await page.getByLabel('Kecerahan, 1–4').fill('3')
    await page.keyboard.press('Escape')
    const dialog = page.getByRole('dialog', { name: 'Simpan perubahan?' })
    await dialog.getByRole('button', { name: 'Tetap di sini' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByLabel('Kecerahan, 1–4').inputValue()).toBe('3')
    await page.getByRole('button', { name: /Kembali ke loket/ }).click()
    await dialog.getByRole('button', { name: 'Simpan lalu keluar' }).click()
    await page.getByRole('button', { name: /Panggil Berikutnya/ }).waitFor()
    expect(askedOf(host, 'devices.save')).toHaveLength(1)
  })

  test('may be dropped', async () => {
    const { host, page } = await openDevices(show)
    await page.getByRole('button', { name: 'Hapus layar ini' }).click()
    await page.getByText('Belum ada layar nomor').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Buang perubahan' }).click()
    await page.getByRole('button', { name: /Panggil Berikutnya/ }).waitFor()
    expect(askedOf(host, 'devices.save')).toEqual([])
  })
})

describe('the voice', () => {
  test('is explained in one sentence where the mall has no loudspeaker zone', async () => {
    const { page } = await openDevices(show, { zones: [] })
    await section(page, 'Suara')
    await page.getByText('Mal ini belum punya zona pengeras suara').waitFor()
    expect(await page.getByLabel('Zona pengeras suara').count()).toBe(0)
  })

  test('has a volume, repeats, a reading, languages and a chime', async () => {
    const { host, page } = await openDevices(show)
    await section(page, 'Suara')
    await page.getByLabel('Zona pengeras suara').selectOption({ label: 'Lantai 1' })
    await page.getByLabel('Volume').focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByText('3 kali').click()
    await page.getByText('A nol satu dua').click()
    await page.getByText('Indonesia lalu Inggris').click()
    await page.getByText('Bunyi bel').click()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({
      voice: { zone: 'lantai-1', volume: 75, repeats: 3, reading: 'digits', languages: 'id+en', chime: false },
    })
  })
})

test('everything can be reached with the keyboard, in the order it is read', async () => {
  const { page } = await openDevices(show)
  await page.getByRole('button', { name: /Kembali ke loket/ }).focus()
  const seen: string[] = []
  for (let step = 0; step < 45; step += 1) {
    await page.keyboard.press('Tab')
    seen.push(await page.evaluate(nameOfFocus))
  }
  const order = [
    'Simpan',
    'Layar nomor',
    'Pindah PC',
    'Layar 1',
    'Tambah layar',
    'FTDI',
    'Jenis layar',
    'Setelan serial',
  ]
  const later = [
    'Kecerahan, 1–4',
    'Hapus layar ini',
    'Byte yang dikirim',
    'Nomor uji',
    'Kirim ke layar',
    'Yang lewat di kabel',
  ]
  const places = [...order, ...later].map((name) => seen.findIndex((one) => one.includes(name)))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

/** Runs in the page: how the focused element is called, and that its focus can be seen. */
function nameOfFocus(): string {
  const element = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }
  const ring = element.closest('label') ?? element
  const { outlineStyle, boxShadow } = getComputedStyle(ring)
  if (outlineStyle === 'none' && boxShadow === 'none') return 'unseen'
  const label = [...(element.labels ?? [])].map(({ textContent }) => textContent).join(' ')
  return label || element.getAttribute('aria-label') || (element.textContent ?? '')
}
