/** Malls of any size: one agency, services that some or all counters share, and one person of each kind. */

import type { MallConfig } from '#contract/mall-config.ts'
import { businessDate } from '#domain/business-date.ts'

const TIME_ZONE = 'Asia/Makassar'

export const FRONT_DESK = 'penerima-1'
export const OFFICER = { officerId: 'petugas', pin: '204713' }

/** Counter ids with the services they serve. */
export type Counters = Readonly<Record<string, readonly string[]>>

/** `count` counters c-1, c-2 ... that all serve the same service. */
export function alike(count: number, serviceId: string): Counters {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`c-${index + 1}`, [serviceId]]))
}

export type MallOptions = {
  mallId?: string
  /** 0: whoever has priority goes before everybody else. */
  regularPerPriority?: number
}

export function benchMall(counters: Counters, options: MallOptions = {}): MallConfig {
  const { mallId = 'mal-ukur', regularPerPriority = 2 } = options
  const serviceIds = [...new Set(Object.values(counters).flat())]
  const agencyId = 'dukcapil'
  return {
    mall: {
      id: mallId,
      name: 'Mal Ukur',
      address: 'Jalan Ukur 1',
      timeZone: TIME_ZONE,
      complaintChannel: 'SP4N-LAPOR!',
    },
    priority: { regularPerPriority, ageingMinutes: 45 },
    agencies: [{ id: agencyId, name: 'Dinas Dukcapil', shortName: 'Dukcapil', kind: 'regency' }],
    services: serviceIds.map((id, index) => ({
      id,
      agencyId,
      name: { id: `Layanan ${id}` },
      prefix: prefixOf(index),
      padding: 4,
      standardMinutes: 15,
      requirements: ['KTP'],
      tariffRupiah: 0,
      product: 'Surat',
    })),
    counters: Object.entries(counters).map(([id, services], index) => ({
      id,
      name: String(index + 1),
      agencyId,
      serviceIds: [...services],
    })),
    frontDesks: [{ id: FRONT_DESK, name: 'Penerima 1' }],
    officers: [
      { id: OFFICER.officerId, name: 'Ayu', code: 'PTG01', agencyId, roles: ['officer'], pin: OFFICER.pin },
      { id: 'sri', name: 'Sri', code: 'DKC90', agencyId, roles: ['supervisor'], pin: '551827' },
      { id: 'gede', name: 'Gede', code: 'MAL90', roles: ['supervisor'], pin: '480926' },
      { id: 'tono', name: 'Tono', code: 'TEK01', roles: ['technician'], pin: '730164' },
      { id: 'luh', name: 'Luh', code: 'PT01', roles: ['front_desk'], pin: '637152' },
    ],
    journeys: [],
  }
}

/** A, B ... Z, AA, AB ... */
function prefixOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : prefixOf(Math.floor(index / 26) - 1) + letter
}

export const labelOf = (serviceIndex: number, number: number): string =>
  `${prefixOf(serviceIndex)}-${String(number).padStart(4, '0')}`

export const today = (): string => businessDate(Date.now(), TIME_ZONE)
