/**
 * The mall's configuration: the one file a person edits to describe a mall (JSON or YAML).
 * Shape rules are here; rules that need two places at once (references, prefix clashes) are in mall-config-rules.ts.
 */
import { z } from 'zod'
import { Bilingual, Text } from '#contract/bilingual.ts'
import { Papers } from '#contract/papers.ts'
import { WEEKDAYS } from '#domain/planned-pause.ts'

const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'id: huruf kecil, angka dan tanda hubung, paling panjang 40')
  .describe('Stable identifier; lower case letters, digits and hyphens')

export const TimeZone = z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']).describe('WIB, WITA or WIT')

export const AgencyKind = z.enum(['regency', 'province', 'vertical', 'soe', 'bpjs', 'bank', 'msme'])

export const Agency = z.strictObject({
  id: Id,
  name: Text,
  shortName: z.string().trim().min(1).max(30),
  kind: AgencyKind.describe('regency office, province office, vertical agency, BUMN/BUMD, BPJS, bank, UMKM'),
})

export const Service = z.strictObject({
  id: Id,
  agencyId: Id,
  name: Bilingual,
  /** Letters or letters and digits before the number, for example "A", "4K", "1A". Unique in the mall. */
  prefix: z.string().regex(/^[0-9]?[A-Z]{1,3}$/, 'prefix: huruf besar, boleh satu angka di depan (A, 4K, 1A)'),
  /** Digits of the running number: 3 gives A-001. */
  padding: z.int().min(2).max(4),
  standardMinutes: z.int().min(1).max(480).describe('Published service time (jangka waktu), minutes'),
  requirements: z.array(Text).max(20).describe('Persyaratan'),
  tariffRupiah: z.int().min(0).max(1_000_000_000).describe('Official tariff in rupiah; 0 is free of charge'),
  product: Text.describe('Produk layanan'),
  asksDelivered: z
    .boolean()
    .optional()
    .describe('Officers must say which services were delivered, and how many, before they end it as delivered'),
  dailyQuota: z
    .int()
    .min(1)
    .max(9_999)
    .optional()
    .describe('Most numbers of the whole mall for one day; absent: no limit'),
})

export const Counter = z.strictObject({
  id: Id,
  /** What is on the sign and what the voice says: "3", "12A". */
  name: z.string().regex(/^[0-9]{1,3}[A-Z]?$/, 'nama loket: 1 sampai 3 angka, boleh satu huruf di belakang'),
  agencyId: Id,
  serviceIds: z.array(Id).min(1).max(30),
})

export const FrontDesk = z.strictObject({ id: Id, name: Text })

export const OfficerRole = z.enum(['officer', 'supervisor', 'technician', 'front_desk'])

export const Officer = z.strictObject({
  id: Id,
  name: Text,
  /** Code printed on receipts instead of the name. */
  code: z.string().regex(/^[A-Z0-9]{2,8}$/, 'kode petugas: 2 sampai 8 huruf besar atau angka'),
  /** Absent for mall staff (front desk, mall supervisor, technician). */
  agencyId: Id.optional(),
  roles: z.array(OfficerRole).min(1),
  pin: z
    .string()
    .regex(/^[0-9]{6}$/, 'PIN: 6 angka')
    .describe('Only in this file; stored hashed'),
  serviceIds: z
    .array(Id)
    .min(1)
    .max(30)
    .optional()
    .describe('Services that this officer may take; absent: all services of the counter'),
})

export const Journey = z.strictObject({
  id: Id,
  name: Bilingual,
  steps: z
    .array(
      z.strictObject({
        serviceId: Id,
        /** What this step hands to the next one, for example the number of the loss report. */
        handsOver: z
          .strictObject({ key: Id, label: Bilingual, validDays: z.int().min(1).max(365).optional() })
          .optional(),
      }),
    )
    .min(2)
    .max(8),
})

/** Where one loudspeaker is heard: the PC that has it speaks for all of these counters, one call after the other. */
export const Zone = z.strictObject({
  id: Id,
  name: Text,
  speakerId: Id.describe('The counter or front desk whose PC has the loudspeaker'),
  counterIds: z.array(Id).min(1).max(200).describe('Counters whose calls are heard here'),
})

const TimeOfDay = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'jam: dua angka, titik dua, dua angka (08:00 sampai 23:59)')

/** A pause of all counters by the mall's clock, every week. */
const PlannedPause = z.strictObject({
  weekday: z.enum(WEEKDAYS),
  from: TimeOfDay.describe('When counters pause, by the mall’s clock'),
  to: TimeOfDay.describe('When they are expected back; nobody goes on by itself'),
  reason: z.enum(['break', 'prayer', 'meeting', 'technical', 'other']),
})

export const PriorityGroup = z.enum(['disability', 'elderly', 'pregnant', 'child', 'disaster_victim'])

/** As it stands in the QR code: a paper that is too long to be scanned helps nobody. */
const SurveyUrl = z
  .url({ protocol: /^https$/, error: 'alamat survei: harus diawali https:// dan berupa alamat lengkap' })
  .max(200)
  .regex(/^[\x21-\x7e]*$/, 'alamat survei: tanpa spasi dan tanpa huruf di luar ASCII')

export const Recall = z
  .strictObject({
    limit: z.int().min(1).max(10).describe('Calls of one number in all, the first one included'),
    after: z.enum(['no_show', 'requeue']).describe('What is done after that: absent, or to the end of the queue'),
  })
  .describe('How often a number is called; absent: three times, then absent')

export const MallConfig = z.strictObject({
  $schema: z.string().optional(),
  mall: z.strictObject({
    id: Id,
    name: Text,
    address: Text,
    timeZone: TimeZone,
    complaintChannel: Text.describe('Printed on receipts, for example SP4N-LAPOR!'),
    surveyUrl: SurveyUrl.optional().describe('Survey of public satisfaction (IKM), printed as a QR code on receipts'),
  }),
  priority: z.strictObject({
    /** Regular entries called between two priority entries while both wait. */
    regularPerPriority: z.int().min(0).max(10),
    /** Minutes of extra waiting after which a regular entry goes before any younger priority entry. */
    ageingMinutes: z.int().min(5).max(240),
  }),
  recall: Recall.optional(),
  agencies: z.array(Agency).min(1).max(60),
  services: z.array(Service).min(1).max(500),
  counters: z.array(Counter).min(1).max(200),
  frontDesks: z.array(FrontDesk).min(1).max(20),
  officers: z.array(Officer).min(1).max(1000),
  journeys: z.array(Journey).max(50),
  /** Absent in a mall without announcements. */
  zones: z.array(Zone).max(50).optional(),
  pauses: z.array(PlannedPause).max(50).optional().describe('Pauses by schedule, for example Friday prayer'),
  lockAfterMinutes: z
    .int()
    .min(0)
    .max(240)
    .optional()
    .describe('Minutes without a key or click after which a desk locks its screen; 0: never; absent: 10'),
  notesDays: z
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe("Days for which the text of officers' notes and of what a step hands over is kept; 30 when absent"),
  papers: Papers.optional().describe('What slips and receipts look like, when the mall wants them otherwise'),
})

export type MallConfig = z.infer<typeof MallConfig>
export type ServiceConfig = z.infer<typeof Service>
export type CounterConfig = z.infer<typeof Counter>
export type OfficerRole = z.infer<typeof OfficerRole>
export type PriorityGroup = z.infer<typeof PriorityGroup>

/** An officer as devices know them: the PIN is replaced by a salted scrypt hash. */
export const OfficerOnDevice = Officer.omit({ pin: true }).extend({
  pinHash: z.string().regex(/^scrypt\$[0-9]+\$[A-Za-z0-9_-]+\$[A-Za-z0-9_-]+$/),
})

const { $schema: _schema, officers: _officers, ...shared } = MallConfig.shape

/**
 * What a device receives: the configuration with hashed PINs, and only the officers who may sign in there. What a newer server
 * adds is left out, not refused: a desk that is updated later than the server goes on with what it knows.
 */
export const DeviceConfig = z.object({
  ...shared,
  version: z.int().min(1),
  mall: MallConfig.shape.mall.strip(),
  recall: Recall.strip().optional(),
  agencies: z.array(Agency.strip()),
  services: z.array(Service.strip()),
  counters: z.array(Counter.strip()),
  frontDesks: z.array(FrontDesk.strip()),
  officers: z.array(OfficerOnDevice.strip()),
  zones: z.array(Zone.strip()).optional(),
  pauses: z.array(PlannedPause.strip()).optional(),
})
export type OfficerOnDevice = z.infer<typeof OfficerOnDevice>
export type DeviceConfig = z.infer<typeof DeviceConfig>
