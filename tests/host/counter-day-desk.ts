/** The sample counter at nine o'clock with whatever of its mall's configuration a test changes. */
import { scryptSync } from 'node:crypto'
import type { DeviceConfig } from '#contract/mall-config.ts'
import { buildDeskSnapshot } from '#main/host/snapshot.ts'
import { NINE, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

export const MINUTE = 60_000
/** 21 November 2026 is a Saturday; the test mall's prayer is at 09:30 to make the day short. */
export const PRAYER = { weekday: 'saturday', from: '09:30', to: '10:15', reason: 'prayer' } as const
export const at = (minutes: number) => NINE + minutes * MINUTE
export const PIN = '135790'
const key = scryptSync(PIN, Buffer.from('c2FsdA', 'base64url'), 32, { N: 1_024, r: 8, p: 1 })
const pinHash = `scrypt$1024$c2FsdA$${key.toString('base64url')}`
export const OFFICER = 'petugas-polres-1'

export const snapshotOf = (desk: TestDesk) => buildDeskSnapshot(desk.context, 1, null)
export const types = (desk: TestDesk) => desk.facts().map(({ type }) => type)

export function deskWith(change: Partial<DeviceConfig>): TestDesk {
  const desk = openTestDesk()
  const config = desk.context.config()
  if (!config) throw new Error('the test desk has no configuration')
  const officers = config.officers.map((officer) => ({ ...officer, pinHash }))
  const next = { ...config, officers, ...change }
  desk.store.transaction(() => desk.repositories.device.putConfig(config.version, JSON.stringify(next)))
  desk.context.setConfig(next)
  return desk
}
