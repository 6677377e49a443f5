/** Who comes in the morning of the pictures. */
export type Visitor = { service: string; priority?: string; journey?: RegExp; minutesUntilNext: number }

export const FIRST_VISITORS: readonly Visitor[] = [
  { service: 'SKCK', minutesUntilNext: 1 },
  { service: 'Surat keterangan kehilangan', journey: /KTP hilang/, minutesUntilNext: 2 },
  { service: 'SKCK', minutesUntilNext: 1 },
  { service: 'perkembangan laporan', minutesUntilNext: 2 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 2 },
  { service: 'Izin keramaian', minutesUntilNext: 2 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 2 },
  { service: 'SKCK', minutesUntilNext: 2 },
  { service: 'perkembangan laporan', minutesUntilNext: 1 },
]

export const LATER_VISITORS: readonly Visitor[] = [
  { service: 'SKCK', priority: 'Lansia', minutesUntilNext: 1 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 1 },
  { service: 'Izin keramaian', priority: 'Disabilitas', minutesUntilNext: 2 },
  { service: 'SKCK', minutesUntilNext: 0 },
]
