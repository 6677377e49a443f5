import { describe, expect, test } from 'vitest'
import { askedOf, CABLE, DISPLAY, NEW_CABLE, PROFILE } from '#tests/renderer/fake-devices.ts'
import { openDevices, saveButton, section } from '#tests/renderer/open-devices.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const EMPTY = { ...PROFILE, displays: [] }
const MODBUS = { driver: 'modbus-rtu', params: {}, transport: { kind: 'serial', path: 'COM3' } }

describe('the ports', () => {
  test('show maker, serial number and who uses them, and a port plugged in appears marked', async () => {
    const { page, plugged } = await openDevices(show)
    const row = (name: string) => page.locator('label', { has: page.getByRole('radio') }).filter({ hasText: name })
    await row('COM3').getByText('FTDI, no. seri A10K2B7Q').waitFor()
    await row('COM3').getByText('Layar 1').waitFor()
    plugged.ports = [...plugged.ports, NEW_CABLE]
    await row('COM7').getByText('Baru dicolok').waitFor()
    plugged.ports = plugged.ports.filter(({ path }) => path !== 'COM3')
    await row('COM3').getByText('Tercabut').waitFor()
    await row('COM7').getByText('Baru dicolok').waitFor()
    plugged.ports = [CABLE]
    await row('COM3').getByText('Baru dicolok').waitFor()
    await row('COM7').getByText('Tercabut').waitFor()
  })

  test('a display whose port is not at this PC says so and keeps it', async () => {
    const profile = { ...PROFILE, displays: [{ ...DISPLAY, transport: { kind: 'serial', path: 'COM9' } }] }
    const { page } = await openDevices(show, { profile })
    await page.getByText('Tidak terlihat').waitFor()
    expect(await page.getByRole('radio', { name: /COM9/ }).isChecked()).toBe(true)
  })

  test('a list that failed says why, and a name may be typed', async () => {
    const { host, page } = await openDevices(show, { profile: EMPTY })
    host.answer('devices.list', () => ({
      ok: true,
      data: { ports: [], printers: [], problems: [{ code: 'PORT_LIST_FAILED', detail: 'udevadm ENOENT' }] },
    }))
    await page.getByRole('button', { name: 'Tambah layar' }).click()
    await page.getByText('Daftar port tidak dapat dibaca.').waitFor()
    await page.getByText('Kode: udevadm ENOENT').waitFor()
    await page.getByText('Port lain, ditulis sendiri').click()
    await page.getByLabel('Nama port').fill('/dev/ttyS0')
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({
      displays: [{ transport: { kind: 'serial', path: '/dev/ttyS0' } }],
    })
  })
})

describe('a display', () => {
  test('is added on the port just plugged in, known by its adapter, and removed again', async () => {
    const { host, page, plugged } = await openDevices(show, { profile: EMPTY })
    await page.getByText('Belum ada layar nomor').waitFor()
    plugged.ports = [...plugged.ports, NEW_CABLE]
    // The list is asked for every two seconds.
    await page.waitForTimeout(2_500)
    await page.getByRole('button', { name: 'Tambah layar' }).click()
    expect(await page.getByRole('radio', { name: /COM7/ }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Tambah layar' }).click()
    await page.getByRole('button', { name: /Layar 2/ }).waitFor()
    await page.getByRole('button', { name: 'Hapus layar ini' }).click()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    const { pnpId, vendorId, productId } = NEW_CABLE
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({
      displays: [{ driver: 'cd5220', transport: { path: 'COM7', device: { pnpId, vendorId, productId } } }],
    })
  })

  test('on a line with another one takes that line’s settings over', async () => {
    const settings = { baudRate: 4800, dataBits: 8, parity: 'even', stopBits: 1 }
    const first = { ...MODBUS, transport: { ...MODBUS.transport, settings } }
    const second = { ...MODBUS, params: { unit: 2 }, transport: { kind: 'panel' } }
    const { host, page } = await openDevices(show, { profile: { ...PROFILE, displays: [first, second] } })
    await page.getByRole('button', { name: /Layar 2/ }).click()
    await page.getByRole('radio', { name: /COM3/ }).check()
    await page.getByText('2 perangkat di port ini').waitFor()
    await page.getByText('4800, 8E1 (diubah)').waitFor()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({ displays: [{}, { transport: { settings } }] })
  })

  test('goes back to the settings of its factory', async () => {
    const { host, page } = await openDevices(show)
    await page.getByText('9600, 8N1 (setelan pabrik)').click()
    await page.getByLabel('Kecepatan (baud)').selectOption('19200')
    await page.getByLabel('Paritas').selectOption({ label: 'Genap (E)' })
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({
      displays: [{ transport: { settings: { baudRate: 19_200, dataBits: 8, parity: 'even', stopBits: 1 } } }],
    })
    await page.getByRole('button', { name: 'Kembali ke setelan pabrik 9600, 8N1' }).click()
    await saveButton(page).click()
    await expect.poll(() => askedOf(host, 'devices.save').length).toBe(2)
    expect(askedOf(host, 'devices.save')[1]?.profile).toEqual(PROFILE)
  })

  test('without a port is not sent anywhere: the screen asks for one', async () => {
    const { host, page, plugged } = await openDevices(show, { profile: EMPTY })
    plugged.ports = []
    await page.waitForTimeout(2_500)
    await page.getByRole('button', { name: 'Tambah layar' }).click()
    await section(page, 'Pencetak')
    await saveButton(page).click()
    await page.getByText('Pilih port dulu.').first().waitFor()
    expect(askedOf(host, 'devices.save')).toEqual([])
    expect(await page.getByRole('button', { name: 'Kirim ke layar' }).getAttribute('aria-disabled')).toBe('true')
  })
})

describe('the parameters', () => {
  test('are a form of the driver’s own; what is typed for one driver is there when it comes back', async () => {
    const { page } = await openDevices(show)
    await page.getByLabel('Kata di depan nomor').fill('NOMOR')
    await page.getByLabel('Jenis layar').selectOption({ label: 'Modul angka Modbus RTU' })
    await page.getByLabel('Jenis modul').selectOption('tm1650')
    await page.getByLabel('Nama loket di baris kedua').check()
    await page.getByLabel('Jenis layar').selectOption({ label: 'CD5220, dua baris 20 karakter' })
    expect(await page.getByLabel('Kata di depan nomor').inputValue()).toBe('NOMOR')
  })

  test('that break a rule say which, and are not saved', async () => {
    const { host, page } = await openDevices(show, { profile: { ...PROFILE, displays: [MODBUS] } })
    const unit = page.getByLabel('Alamat modul (unit)')
    await unit.fill('300')
    await page.getByText('Harus antara 1 dan 247.').waitFor()
    await unit.fill('tiga')
    await page.getByText('Tulis bilangan bulat.').waitFor()
    const map = page.getByLabel('Peta register sendiri')
    await map.fill('[{ "holds": "digits", ]')
    await page.getByText('Bukan JSON yang benar').waitFor()
    await section(page, 'Suara')
    await saveButton(page).click()
    await page.getByRole('alert').getByText('Layar 1, Alamat modul (unit): Tulis bilangan bulat.').waitFor()
    expect(askedOf(host, 'devices.save')).toEqual([])
    expect(await map.inputValue()).toBe('[{ "holds": "digits", ]')
    await map.fill('[{ "holds": "digits", "register": 0, "count": 4 }]')
    await unit.fill('3')
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({
      displays: [{ params: { unit: 3, map: [{ holds: 'digits', register: 0, count: 4 }] } }],
    })
  })

  test('left out and empty are told apart', async () => {
    const template = { driver: 'template', params: { show: '{number}\\r' }, transport: { kind: 'panel' } }
    const { host, page } = await openDevices(show, { profile: { ...PROFILE, displays: [template] } })
    await page.getByText('Isi sendiri: Kiriman teks').click()
    await page.getByText('Isi sendiri: Kiriman nomor').click()
    await saveButton(page).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    expect(askedOf(host, 'devices.save')[0]?.profile).toMatchObject({ displays: [{ params: { message: '' } }] })
    expect(JSON.stringify(askedOf(host, 'devices.save')[0])).not.toContain('show')
  })
})

describe('the preview', () => {
  test('shows what would stand there and its bytes, a moment after the last change', async () => {
    const { host, page } = await openDevices(show)
    await page.getByRole('img', { name: /ANTREAN A-012/ }).waitFor()
    await page.getByText('Byte yang dikirim').click()
    await page.getByText('0C 1B 40 1B 2A 04').waitFor()
    const before = askedOf(host, 'devices.previewDisplay').length
    await page.getByLabel('Nomor uji').press('End')
    await page.keyboard.type('34', { delay: 20 })
    await page.getByRole('img', { name: /A-01234/ }).waitFor()
    expect(askedOf(host, 'devices.previewDisplay').length).toBe(before + 1)
    await page.getByText('Siaga', { exact: true }).click()
    await page.getByRole('img', { name: 'SELAMAT DATANG' }).waitFor()
    expect(askedOf(host, 'devices.previewDisplay').at(-1)?.show).toEqual({ kind: 'idle' })
  })

  test('warns of a display that drops the letters, and says when it cannot tell a picture', async () => {
    const { page } = await openDevices(show)
    await page.getByLabel('Jenis layar').selectOption({ label: 'Layar STX (EDI ED400, FDS/TAG)' })
    await page.getByText('Huruf antrean tidak akan tampil.').waitFor()
    await page.getByLabel('Jenis layar').selectOption({ label: 'Layar lain: kiriman ditulis sendiri' })
    await page.getByText('Gambarnya tidak bisa ditebak').waitFor()
  })

  test('names what the host finds wrong, and keeps the last picture', async () => {
    const { host, page } = await openDevices(show)
    await page.getByRole('img', { name: /ANTREAN A-012/ }).waitFor()
    const detail = { at: 'params.queueWord', rule: 'too long' }
    host.answer('devices.previewDisplay', () => ({ ok: false, code: 'PROFILE_WRONG', detail }))
    await page.getByLabel('Kata di depan nomor').fill('NO')
    await page.getByText('Kata di depan nomor: too long').waitFor()
    await page.getByRole('img', { name: /ANTREAN A-012/ }).waitFor()
  })
})

describe('a try', () => {
  test('sends the number that was typed with the draft as it is', async () => {
    const { host, page } = await openDevices(show)
    await page.getByLabel('Kecerahan, 1–4').fill('2')
    await page.getByLabel('Nomor uji').fill('b-7')
    await page.getByLabel('Nomor uji').press('Enter')
    await page.getByText('Terkirim ke layar.').waitFor()
    await page.getByText('Byte sudah berangkat. Lihat layarnya: apakah tampil?').waitFor()
    expect(askedOf(host, 'devices.tryDisplay')).toEqual([
      {
        display: { ...DISPLAY, params: { brightness: 2 } },
        show: { kind: 'number', label: 'b-7', counterName: host.snapshot().place?.name, blink: true },
      },
    ])
  })

  test('that failed says what happened and what to look at, the likeliest first', async () => {
    const { host, page } = await openDevices(show)
    host.answer('devices.tryDisplay', () => ({
      ok: true,
      data: { code: 'LED_PORT_BUSY', detail: 'Access denied', hints: ['HINT_PORT_IN_USE', 'HINT_CABLE'] },
    }))
    await page.getByRole('button', { name: 'Kirim ke layar' }).click()
    await page.getByText('Papan angka dipakai program lain.').waitFor()
    await page.getByText('Kode: LED_PORT_BUSY, Access denied').waitFor()
    expect(await page.getByRole('alert').locator('li').allTextContents()).toEqual([
      'Tutup program lain yang memakai port ini, lalu coba lagi.',
      'Cabut lalu pasang lagi kabelnya di kedua ujung; coba kabel atau lubang USB lain.',
    ])
    host.answer('devices.tryDisplay', () => ({ ok: true, data: { code: null, detail: null, hints: [] } }))
    await page.getByRole('button', { name: 'Kirim ke layar' }).click()
    await page.getByText('Terkirim ke layar.').waitFor()
    expect(await page.getByText('LED_PORT_BUSY').count()).toBe(0)
  })

  test('that another one is still running for is refused in words', async () => {
    const { host, page } = await openDevices(show)
    host.answer('devices.tryDisplay', () => ({ ok: false, code: 'TRY_RUNNING' }))
    await page.getByRole('button', { name: 'Kirim ke layar' }).click()
    await page.getByText('Percobaan sebelumnya masih berjalan.').waitFor()
  })
})

test('what goes over the cable is shown line by line, the newest 200', async () => {
  const { host, page } = await openDevices(show)
  await page.getByText('Belum ada apa-apa.').waitFor()
  let n = 0
  host.answer('devices.traffic', ({ after }) => {
    if (Number(after) < n || n >= 260) return { ok: true, data: { lines: [] } }
    const lines = Array.from({ length: 130 }, () => {
      n += 1
      return { n, at: Date.now(), where: 'COM3', direction: n % 2 ? 'sent' : 'heard', hex: `AA ${n}` }
    })
    return { ok: true, data: { lines } }
  })
  await page.getByText('AA 260', { exact: true }).waitFor()
  const box = page.getByRole('region', { name: 'Yang lewat di kabel' })
  expect(await box.locator('code').count()).toBe(200)
  expect(
    await box.evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollHeight - scrollTop - clientHeight),
  ).toBeLessThan(2)
  expect(askedOf(host, 'devices.traffic').map(({ after }) => after)).toContain(130)
  await page.getByText('Yang lewat di kabel').click()
  const asked = askedOf(host, 'devices.traffic').length
  await page.waitForTimeout(1_200)
  expect(askedOf(host, 'devices.traffic').length - asked).toBeLessThan(2)
})
