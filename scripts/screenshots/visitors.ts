/** Who comes in the morning of the pictures. */
export type Visitor = { service: string; priority?: string; journey?: RegExp; minutesUntilNext: number }

export const MORNING_VISITORS: readonly Visitor[] = [
  { service: 'SKCK', minutesUntilNext: 2 },
  { service: 'Surat keterangan kehilangan', journey: /KTP hilang/, minutesUntilNext: 3 },
  { service: 'SKCK', minutesUntilNext: 1 },
  { service: 'perkembangan laporan', minutesUntilNext: 4 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 3 },
  { service: 'Izin keramaian', minutesUntilNext: 4 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 5 },
  { service: 'SKCK', minutesUntilNext: 4 },
  { service: 'perkembangan laporan', minutesUntilNext: 2 },
]

export const WHILE_SERVING: readonly Visitor[] = [
  { service: 'SKCK', priority: 'Lansia', minutesUntilNext: 3 },
  { service: 'Surat keterangan kehilangan', minutesUntilNext: 2 },
  { service: 'Izin keramaian', priority: 'Disabilitas', minutesUntilNext: 4 },
  { service: 'SKCK', minutesUntilNext: 0 },
]
