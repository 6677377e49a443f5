/** The devices screen as a supervisor finds it, with a fake host that has devices. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { type Plugged, playDevices } from '#tests/renderer/fake-devices.ts'
import { openCounter } from '#tests/renderer/sample-screens.ts'
import type { Shown, screenSuite } from '#tests/renderer/screen-suite.ts'

export const SUPERVISOR = { id: 'rina', name: 'Rina Kartika', roles: ['supervisor' as const] }
export const TECHNICIAN = { id: 'komang', name: 'Komang Adi', roles: ['technician' as const] }

type Options = Parameters<typeof playDevices>[1] & { context?: BrowserContextOptions }

export async function openDevices(
  show: ReturnType<typeof screenSuite>,
  { context = {}, ...devices }: Options = {},
): Promise<Shown & { plugged: Plugged }> {
  const { host, page } = await show({ desk: openCounter({ officer: SUPERVISOR }) }, context)
  const plugged = playDevices(host, devices)
  await page.getByRole('button', { name: 'Perangkat', exact: true }).click()
  await page.getByRole('navigation', { name: 'Bagian setelan' }).waitFor()
  return { host, page, plugged }
}

export function section(page: Page, name: 'Layar nomor' | 'Pencetak' | 'Suara' | 'Pindah PC') {
  return page.getByRole('navigation').getByRole('button', { name }).click()
}

export const saveButton = (page: Page) => page.getByRole('button', { name: 'Simpan', exact: true })
