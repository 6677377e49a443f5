/** A mall just large enough to go wrong in every way: four counters, two of them contested twice, two front desks, a second PC. */
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'

const text = (id: string) => ({ id })
const service = { requirements: [], tariffRupiah: 0, product: 'Surat', standardMinutes: 15 }

/** The one that costs something: its completions name the payment. */
export const PAID_SERVICE = 'pajak'

/** A few numbers a day; what counters give in their own series does not count. */
export const QUOTA = { serviceId: 'kk', prefix: 'B-', perDay: 4 }

export const MALL_ID = 'mal-simulasi'
export const ZONE = 'Asia/Makassar'
/** 16 November 2026, 09.00 in the mall. */
export const MORNING = Date.parse('2026-11-16T01:00:00Z')
/** Forty seconds to midnight of the same day. */
export const LATE = Date.parse('2026-11-16T15:59:20Z')

/** What a counter serves, by version of the configuration: a supervisor moves services between counters. */
const PROFILES: readonly Readonly<Record<string, readonly string[]>>[] = [
  { a: ['ktp', 'kk'], b: ['ktp'], c: ['hilang', 'kk'], d: ['ktp', 'pajak'] },
  { a: ['kk'], b: ['ktp', 'kk'], c: ['hilang'], d: ['ktp', 'pajak'] },
  { a: ['ktp', 'kk', 'hilang'], b: ['ktp'], c: ['hilang', 'kk'], d: ['pajak'] },
]

export function configOf(version: number): DeviceConfig {
  const profile = PROFILES[(version - 1) % PROFILES.length] ?? {}
  return {
    version,
    mall: { id: MALL_ID, name: 'Mal Simulasi', address: 'Jalan Uji 1', timeZone: ZONE, complaintChannel: 'LAPOR!' },
    priority: { regularPerPriority: 2, ageingMinutes: 30 },
    agencies: [{ id: 'dinas', name: 'Dinas', shortName: 'Dinas', kind: 'regency' }],
    services: [
      { ...service, id: 'ktp', agencyId: 'dinas', name: text('KTP'), prefix: 'A', padding: 2 },
      {
        ...service,
        id: QUOTA.serviceId,
        agencyId: 'dinas',
        name: text('KK'),
        prefix: 'B',
        padding: 2,
        dailyQuota: QUOTA.perDay,
      },
      { ...service, id: 'hilang', agencyId: 'dinas', name: text('Kehilangan'), prefix: 'C', padding: 2 },
      {
        ...service,
        id: PAID_SERVICE,
        agencyId: 'dinas',
        name: text('Pajak'),
        prefix: 'D',
        padding: 2,
        tariffRupiah: 5_000,
      },
    ],
    counters: ['a', 'b', 'c', 'd'].map((id, index) => ({
      id,
      name: String(index + 1),
      agencyId: 'dinas',
      serviceIds: [...(profile[id] ?? [])],
    })),
    frontDesks: ['tamu', 'tamu2'].map((id) => ({ id, name: `Penerima ${id}` })),
    officers: ['ayu', 'made'].map((id) => ({
      id,
      name: id,
      code: id.toUpperCase(),
      agencyId: 'dinas',
      roles: ['officer', 'front_desk'],
      // Made takes no payments: at a counter that does, he takes its other services.
      ...(id === 'made' ? { serviceIds: ['ktp', 'kk', 'hilang'] } : {}),
      pinHash: 'scrypt$2$c2FsdA$aGFzaA',
    })),
    journeys: [{ id: 'ktp-hilang', name: text('KTP hilang'), steps: [{ serviceId: 'hilang' }, { serviceId: 'ktp' }] }],
  }
}

export type Place = { name: string; role: DeviceRole; slot: number; deviceId: string }

const device = (n: number) => `00000000-0000-4000-8000-00000000000${n}`

/** `a2` is a second PC for counter a. */
export const PLACES: readonly Place[] = [
  { name: 'a', role: { kind: 'counter', counterId: 'a' }, slot: 1, deviceId: device(1) },
  { name: 'b', role: { kind: 'counter', counterId: 'b' }, slot: 2, deviceId: device(2) },
  { name: 'c', role: { kind: 'counter', counterId: 'c' }, slot: 3, deviceId: device(3) },
  { name: 'd', role: { kind: 'counter', counterId: 'd' }, slot: 4, deviceId: device(4) },
  { name: 'a2', role: { kind: 'counter', counterId: 'a' }, slot: 5, deviceId: device(5) },
  { name: 'tamu', role: { kind: 'front_desk', frontDeskId: 'tamu' }, slot: 6, deviceId: device(6) },
  { name: 'tamu2', role: { kind: 'front_desk', frontDeskId: 'tamu2' }, slot: 7, deviceId: device(7) },
]
