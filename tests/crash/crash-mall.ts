/** The mall of the crash proof: three counters that contend for two services, a front desk, and an officer for each. */
import type { MallConfig } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'

const service = { agencyId: 'dinas', requirements: [], tariffRupiah: 0, product: 'Surat', standardMinutes: 15 }

/** Which service each counter gives; a forward goes to any of them. */
export const SERVICES: readonly string[] = ['ktp', 'kk', 'pajak']

export type Place = { name: string; role: DeviceRole; serviceIds: readonly string[]; officerId: string; pin: string }

const counter = (name: string, serviceIds: string[], pin: string): Place => ({
  name,
  role: { kind: 'counter', counterId: name },
  serviceIds,
  officerId: `petugas-${name}`,
  pin,
})

export const COUNTERS: readonly Place[] = [
  counter('loket-a', ['ktp'], '214597'),
  counter('loket-b', ['ktp', 'kk'], '806243'),
  counter('loket-c', ['kk', 'pajak'], '482913'),
]

export const FRONT_DESK: Place = {
  name: 'tamu',
  role: { kind: 'front_desk', frontDeskId: 'tamu' },
  serviceIds: SERVICES,
  officerId: 'penerima-tamu',
  pin: '536928',
}

export const PLACES: readonly Place[] = [...COUNTERS, FRONT_DESK]

export const CRASH_MALL: MallConfig = {
  mall: {
    id: 'mal-uji',
    name: 'Mal Uji',
    address: 'Jalan Uji 1',
    timeZone: 'Asia/Makassar',
    complaintChannel: 'LAPOR!',
  },
  priority: { regularPerPriority: 2, ageingMinutes: 30 },
  agencies: [{ id: 'dinas', name: 'Dinas', shortName: 'Dinas', kind: 'regency' }],
  // Four digits: a long run stays within the numbers of a day.
  services: [
    { ...service, id: 'ktp', name: { id: 'KTP' }, prefix: 'A', padding: 4 },
    { ...service, id: 'kk', name: { id: 'KK' }, prefix: 'B', padding: 4 },
    { ...service, id: 'pajak', name: { id: 'Pajak' }, prefix: 'C', padding: 4 },
  ],
  counters: COUNTERS.map(({ name, serviceIds }, index) => ({
    id: name,
    name: String(index + 1),
    agencyId: 'dinas',
    serviceIds: [...serviceIds],
  })),
  frontDesks: [{ id: FRONT_DESK.name, name: 'Penerima Tamu' }],
  officers: PLACES.map(({ officerId, pin, role }, index) => ({
    id: officerId,
    name: officerId,
    code: `P${index}1`,
    agencyId: role.kind === 'counter' ? 'dinas' : undefined,
    roles: role.kind === 'counter' ? ['officer'] : ['front_desk', 'supervisor'],
    pin,
  })),
  journeys: [],
}
