/** Two agencies. `ktp` has three counters and is contested; `kk` and `hilang` have one each. */
import type { MallConfig } from '#contract/mall-config.ts'

const text = (id: string) => ({ id })
const service = { requirements: ['KTP'], tariffRupiah: 0, product: 'Surat', standardMinutes: 15 }

export const TEST_CONFIG: MallConfig = {
  mall: {
    id: 'mal-uji',
    name: 'Mal Uji',
    address: 'Jalan Uji 1',
    timeZone: 'Asia/Makassar',
    complaintChannel: 'SP4N-LAPOR!',
  },
  priority: { regularPerPriority: 2, ageingMinutes: 30 },
  agencies: [
    { id: 'polres', name: 'Kepolisian Resor', shortName: 'Polres', kind: 'vertical' },
    { id: 'dukcapil', name: 'Dinas Dukcapil', shortName: 'Dukcapil', kind: 'regency' },
  ],
  services: [
    { ...service, id: 'hilang', agencyId: 'polres', name: text('Kehilangan'), prefix: 'P', padding: 3 },
    { ...service, id: 'ktp', agencyId: 'dukcapil', name: text('KTP'), prefix: 'D', padding: 3 },
    { ...service, id: 'kk', agencyId: 'dukcapil', name: text('Kartu Keluarga'), prefix: 'K', padding: 2 },
  ],
  counters: [
    { id: 'polres-1', name: '1', agencyId: 'polres', serviceIds: ['hilang'] },
    { id: 'dukcapil-1', name: '2', agencyId: 'dukcapil', serviceIds: ['ktp', 'kk'] },
    { id: 'dukcapil-2', name: '3', agencyId: 'dukcapil', serviceIds: ['ktp'] },
    { id: 'dukcapil-3', name: '4', agencyId: 'dukcapil', serviceIds: ['ktp'] },
  ],
  frontDesks: [
    { id: 'penerima-1', name: 'Penerima 1' },
    { id: 'penerima-2', name: 'Penerima 2' },
  ],
  officers: [
    { id: 'ayu', name: 'Ayu', code: 'POL01', agencyId: 'polres', roles: ['officer'], pin: '204713' },
    { id: 'made', name: 'Made', code: 'DKC01', agencyId: 'dukcapil', roles: ['officer'], pin: '918263' },
    { id: 'sri', name: 'Sri', code: 'DKC90', agencyId: 'dukcapil', roles: ['supervisor'], pin: '551827' },
    { id: 'gede', name: 'Gede', code: 'MAL90', roles: ['supervisor'], pin: '480926' },
    { id: 'tono', name: 'Tono', code: 'TEK01', roles: ['technician'], pin: '730164' },
    { id: 'luh', name: 'Luh', code: 'PT01', roles: ['front_desk'], pin: '637152' },
  ],
  journeys: [
    {
      id: 'ktp-hilang',
      name: text('KTP hilang'),
      steps: [
        { serviceId: 'hilang', handsOver: { key: 'nomor-surat', label: text('Nomor surat') } },
        { serviceId: 'ktp' },
      ],
    },
  ],
}
