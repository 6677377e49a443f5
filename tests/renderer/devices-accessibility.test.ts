import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from '#tests/renderer/expect-accessible.ts'
import type { Plugged } from '#tests/renderer/fake-devices.ts'
import { DISPLAY, NEW_CABLE, PROFILE } from '#tests/renderer/fake-devices.ts'
import type { FakeHost } from '#tests/renderer/fake-host.ts'
import { openDevices, saveButton, section } from '#tests/renderer/open-devices.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

const VOICE = { zone: 'lantai-1', volume: 80, repeats: 2, chime: true, reading: 'number', languages: 'id' }
const MODBUS = { driver: 'modbus-rtu', params: { unit: 1 }, transport: { kind: 'serial', path: 'COM9' } }
const TEMPLATE = { driver: 'template', params: { show: '{number}\\r' }, transport: { kind: 'panel' } }

type Case = { name: string; profile?: object; act: (page: Page, host: FakeHost, plugged: Plugged) => Promise<void> }

const CASES: Case[] = [
  { name: 'no display', profile: { ...PROFILE, displays: [] }, act: (page) => page.getByText('Belum ada').waitFor() },
  {
    name: 'a failed try, a new port and one that is gone',
    async act(page, host, plugged) {
      const data = { code: 'LED_NO_REPLY', detail: 'timeout', hints: ['HINT_BAUD', 'HINT_SWAP_LINES'] }
      host.answer('devices.tryDisplay', () => ({ ok: true, data }))
      plugged.ports = [NEW_CABLE]
      await page.getByText('Byte yang dikirim').click()
      await page.getByText('9600, 8N1 (setelan pabrik)').click()
      await page.getByRole('button', { name: 'Kirim ke layar' }).click()
      await page.getByText('Baru dicolok').waitFor()
    },
  },
  {
    name: 'parameters that are wrong, after Simpan',
    profile: { ...PROFILE, displays: [MODBUS, DISPLAY] },
    async act(page) {
      await page.getByLabel('Alamat modul (unit)').fill('999')
      await page.getByLabel('Peta register sendiri').fill('[')
      await saveButton(page).click()
      await page.getByText('Belum disimpan. Perbaiki dulu:').waitFor()
    },
  },
  {
    name: 'a display written by hand that drops letters',
    profile: { ...PROFILE, displays: [TEMPLATE] },
    act: (page) => page.getByText('Isi sendiri: Kiriman teks').click(),
  },
  {
    name: 'printer and template draft',
    async act(page) {
      await section(page, 'Pencetak')
      await page.getByRole('radio', { name: /Lewat jaringan/ }).check()
      await page.getByText('Coba templat lain').click()
      await page.getByLabel('Templat (JSON)').fill('{')
    },
  },
  { name: 'voice', profile: { ...PROFILE, voice: VOICE }, act: (page) => section(page, 'Suara') },
  {
    name: 'a sample of the voice that cannot be played',
    profile: { ...PROFILE, voice: VOICE },
    async act(page, host) {
      const clips = [{ name: 'id/satu', pauseMs: 20, isOptional: false }]
      const announcement = { id: 'sample', clips, volume: 80 }
      host.answer('devices.tryVoice', () => ({ ok: true, data: { announcement, clips: [] } }))
      await section(page, 'Suara')
      await page.getByRole('button', { name: 'Dengarkan contoh' }).click()
      await page.getByText('Rekaman id/satu').waitFor()
    },
  },
  { name: 'moving', act: (page) => section(page, 'Pindah PC') },
  {
    name: 'leaving with changes',
    async act(page) {
      await page.getByLabel('Kecerahan, 1–4').fill('1')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor()
    },
  },
]

test.each(CASES)('$name meets WCAG 2.2 AA in light and dark, and is whole at 200 % zoom', async ({ profile, act }) => {
  const context = { colorScheme: 'light', reducedMotion: 'reduce' } as const
  const { host, page, plugged } = await openDevices(show, { ...(profile && { profile }), context })
  await page.locator('main button').first().waitFor()
  await act(page, host, plugged)
  await expectAccessible(page)
})

test('in English no Indonesian word of the screen is left', async () => {
  const profile = { ...PROFILE, voice: VOICE, displays: [MODBUS] }
  const { page } = await openDevices(show, { profile })
  await page.getByRole('button', { name: /EN:/ }).click()
  await page.getByText('What will be shown').waitFor()
  const seen: string[] = []
  for (const name of ['Number displays', 'Printer', 'Voice', 'Move to another PC']) {
    await page.getByRole('navigation').getByRole('button', { name }).click()
    await page.waitForTimeout(400)
    seen.push(await page.locator('body').innerText())
  }
  // The paper itself is printed in the language of the set-up.
  const words = seen.join('\n').replaceAll('NOMOR ANTREAN', '')
  expect(words).toContain('Module address (unit)')
  expect(words).toContain('Loudspeaker zone')
  expect(words.match(/\b(layar|nomor|pencetak|setelan|kertas|suara|pilih|alamat|jeda|siaga)\b/gi) ?? []).toEqual([])
})
