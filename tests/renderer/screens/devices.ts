import type { Page } from 'playwright-core'
import { DISPLAY, NEW_CABLE, type Plugged, PROFILE, playDevices } from '#tests/renderer/fake-devices.ts'
import type { FakeHost } from '#tests/renderer/fake-host.ts'
import { SUPERVISOR, saveButton, section, TECHNICIAN } from '#tests/renderer/open-devices.ts'
import { openCounter } from '#tests/renderer/sample-screens.ts'
import type { Look, ScreenState } from '#tests/renderer/screens/state.ts'

const VOICE = { zone: 'lantai-1', volume: 80, repeats: 2, chime: true, reading: 'number', languages: 'id' }
const MODBUS = { driver: 'modbus-rtu', params: { unit: 1 }, transport: { kind: 'serial', path: 'COM9' } }
const TEMPLATE = { driver: 'template', params: { show: '{number}\\r' }, transport: { kind: 'panel' } }

type Act = (page: Page, host: FakeHost, plugged: Plugged) => Promise<unknown>

function state(name: string, profile: object, act: Act, pictures: readonly Look[] = []): ScreenState {
  return {
    name,
    pictures,
    topics: () => ({ desk: openCounter({ officer: SUPERVISOR }) }),
    async act({ page, host }) {
      const plugged = playDevices(host, { profile })
      await page.getByRole('button', { name: 'Perangkat', exact: true }).click()
      await page.getByRole('navigation').waitFor()
      await page.locator('main button').first().waitFor()
      await act(page, host, plugged)
    },
  }
}

export const devices: readonly ScreenState[] = [
  state('no display', { ...PROFILE, displays: [] }, (page) => page.getByText('Belum ada').waitFor()),
  state('failed try and a new port', PROFILE, async (page, host, plugged) => {
    const data = { code: 'LED_NO_REPLY', detail: 'timeout', hints: ['HINT_BAUD', 'HINT_SWAP_LINES'] }
    host.answer('devices.tryDisplay', () => ({ ok: true, data }))
    plugged.ports = [NEW_CABLE]
    await page.getByText('Byte yang dikirim').click()
    await page.getByText('9600, 8N1 (setelan pabrik)').click()
    await page.getByRole('button', { name: 'Kirim ke layar' }).click()
    await page.getByText('Baru dicolok').waitFor()
  }),
  state('wrong parameters', { ...PROFILE, displays: [MODBUS, DISPLAY] }, async (page) => {
    await page.getByLabel('Alamat modul (unit)').fill('999')
    await page.getByLabel('Peta register sendiri').fill('[')
    await saveButton(page).click()
    await page.getByText('Belum disimpan. Perbaiki dulu:').waitFor()
  }),
  state('display that drops letters', { ...PROFILE, displays: [TEMPLATE] }, (page) =>
    page.getByText('Isi sendiri: Kiriman teks').click(),
  ),
  state('printer', PROFILE, async (page) => {
    await section(page, 'Pencetak')
    await page.getByRole('radio', { name: /Lewat jaringan/ }).check()
    await page.getByText('Coba templat lain').click()
    await page.getByLabel('Templat (JSON)').fill('{')
  }),
  state('voice', { ...PROFILE, voice: VOICE }, (page) => section(page, 'Suara'), ['en light']),
  state('sample of the voice that cannot be played', { ...PROFILE, voice: VOICE }, async (page, host) => {
    const clips = [{ name: 'id/satu', pauseMs: 20, isOptional: false }]
    const announcement = { id: 'sample', clips, volume: 80 }
    host.answer('devices.tryVoice', () => ({ ok: true, data: { announcement, clips: [] } }))
    await section(page, 'Suara')
    await page.getByRole('button', { name: 'Dengarkan contoh' }).click()
    await page.getByText('Rekaman id/satu').waitFor()
  }),
  state('moving', PROFILE, (page) => section(page, 'Pindah PC')),
  state('leaving with changes', PROFILE, async (page) => {
    await page.getByLabel('Kecerahan, 1–4').fill('1')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor()
  }),
]

export const devicesOnly: readonly ScreenState[] = [
  {
    name: 'technician',
    pictures: ['id light'],
    topics: () => ({ desk: openCounter({ officer: TECHNICIAN }) }),
    prepare: (host) => void playDevices(host),
    act: ({ page }) => page.getByText('Yang akan tampil').waitFor(),
  },
]
