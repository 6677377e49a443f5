/** What the screen shows: one plain value, replaced whole on every version. The renderer has no second source of truth. */
import { z } from 'zod'
import {
  BusinessDate,
  EntryNo,
  HoldReason,
  Label,
  Millis,
  OutOfOrderReason,
  PauseReason,
  RankReason,
  TurnRule,
  Uuid,
} from '#contract/events.ts'
import { OfficerRole, PriorityGroup, TimeZone } from '#contract/mall-config.ts'
import { DeviceRole } from '#contract/wire/enrolment.ts'
import { FindingCode } from '#contract/wire/finding.ts'

const Bilingual = z.object({ id: z.string(), en: z.string().optional() })

/** The badge tells the truth: what is connected and how much is not yet with the server. */
export const Connection = z.discriminatedUnion('state', [
  z.object({ state: z.literal('online'), unsent: z.int().min(0) }),
  z.object({
    state: z.literal('offline'),
    since: Millis,
    unsent: z.int().min(0),
    reason: z.enum([
      'UNREACHABLE',
      'REFUSED_TOKEN',
      'NOT_THE_PINNED_SERVER',
      'IN_DOUBT',
      'PROTOCOL_UNSUPPORTED',
      'SERVER_ERROR',
    ]),
  }),
])

export const DeviceState = z.object({
  state: z.enum(['absent', 'connecting', 'ready', 'failed']),
  /** What failed; at a device that is ready: what will soon need a hand, such as a roll near its end. */
  code: z.string().nullable(),
  /** For IT; null unless failed. */
  detail: z.string().nullable(),
  /** Which cable, address or queue that is, of several displays that of the worst; null when it has none. */
  where: z.string().nullable(),
})

export const ServiceView = z.object({
  id: z.string(),
  agencyId: z.string(),
  agencyName: z.string(),
  name: Bilingual,
  prefix: z.string(),
  standardMinutes: z.int(),
  requirements: z.array(z.string()),
  tariffRupiah: z.int(),
  /** What was delivered has to be said before this service can be ended as delivered. */
  asksDelivered: z.boolean(),
  counterNames: z.array(z.string()),
})

export const JourneyView = z.object({
  id: z.string(),
  name: Bilingual,
  steps: z.array(
    z.object({
      serviceId: z.string(),
      handsOver: z.object({ key: z.string(), label: Bilingual, validDays: z.int().nullable() }).nullable(),
    }),
  ),
})

/** Changes only with the configuration, so it travels apart from the desk snapshot. */
export const Catalogue = z.object({
  version: z.int().min(0),
  mallName: z.string(),
  /** For so many days the text of a note is kept. */
  notesDays: z.int(),
  timeZone: TimeZone,
  services: z.array(ServiceView),
  journeys: z.array(JourneyView),
  /** Who may sign in here. */
  officers: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(OfficerRole) })),
  /** Where a visitor can be sent to by name. */
  counters: z.array(
    z.object({ id: z.string(), name: z.string(), agencyName: z.string(), serviceIds: z.array(z.string()) }),
  ),
})
export type Catalogue = z.infer<typeof Catalogue>

/** Which rule put a number first (domain/rank.ts), with the numbers of the mall's rule. */
export const Why = z.object({
  place: z.enum(['waiting_time', 'slip_shown', ...RankReason.options]),
  turn: TurnRule.nullable(),
  /** Set when an officer called it out of turn. */
  outOfOrder: OutOfOrderReason.nullable(),
  appointmentAt: Millis.nullable(),
  regularPerPriority: z.int().min(0),
  ageingMinutes: z.int().min(0),
})
export type Why = z.infer<typeof Why>

export const CurrentEntry = z.object({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  serviceId: z.string(),
  status: z.enum(['called', 'serving']),
  priority: PriorityGroup.nullable(),
  journeyId: z.string().nullable(),
  waitingSince: Millis,
  calledAt: Millis,
  servingAt: Millis.nullable(),
  calls: z.int().min(1),
  /** Set once it was called as often as the mall allows: what is done then. */
  recallOver: z.enum(['no_show', 'requeue']).nullable(),
  why: Why,
  /** Name of the counter to which the visitor goes back when this is completed. */
  returnsTo: z.string().nullable(),
  /** What earlier steps of the journey handed over; empty when there is none or it has not arrived. */
  prerequisites: z.array(
    z.object({
      key: z.string(),
      value: z.string(),
      /** For what is valid for some days only, when the day of its issue was handed over, too. */
      validity: z.object({ issuedOn: BusinessDate, until: BusinessDate, isOver: z.boolean() }).nullable(),
    }),
  ),
})

export const WaitingRow = z.object({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  serviceId: z.string(),
  priority: PriorityGroup.nullable(),
  waitingSince: Millis,
  /** Why it stands elsewhere than its waiting time says; null when it does not. */
  place: RankReason.nullable(),
  appointmentAt: Millis.nullable(),
  /** In this counter's own hand: can be called from here even without the server. */
  mine: z.boolean(),
})

/** What an officer of this agency wrote about the visit. */
export const NoteView = z.object({
  visitId: Uuid,
  entryNo: EntryNo,
  at: Millis,
  /** Where it was written. */
  counterName: z.string(),
  officerName: z.string(),
  text: z.string(),
})

/** Set aside at this counter: on hold with a reason, or absent. */
export const AsideRow = z.object({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  serviceId: z.string(),
  priority: PriorityGroup.nullable(),
  status: z.enum(['on_hold', 'no_show']),
  reason: HoldReason.nullable(),
  since: Millis,
  calls: z.int().min(1),
  /** Of an earlier day it goes back to no queue. */
  isOfToday: z.boolean(),
})

/** What undo would take back: a call as long as nobody has come, a give-away until a moment. */
export const Undoable = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), label: Label }),
  z.object({ kind: z.enum(['forward', 'transfer', 'release']), label: Label, until: Millis }),
])

/** A print job that needs an answer or failed. */
export const PrintAttention = z.object({
  jobId: Uuid,
  /** The number on it; of a list of requirements the service's prefix. */
  label: z.string(),
  document: z.enum(['slip', 'receipt', 'requirements']),
  state: z.enum(['queued', 'unknown', 'failed']),
  code: z.string().nullable(),
})

/** What the mall server found about an act of this desk: it counts elsewhere, or not at all. */
export const Conflict = z.object({ label: Label.nullable(), code: FindingCode, at: Millis })

/** Minutes. */
const WaitRange = z.object({ from: z.int().min(0), to: z.int().min(5) })

/** What became of the slip of a number. */
export const SlipView = z.object({
  jobId: Uuid,
  state: z.enum([
    'printing',
    /** The printer needs a hand first. */
    'waiting',
    /** All of it went to the printer, which says no more. */
    'handed_over',
    'printed',
    'unknown',
    'failed',
    /** Somebody answered that it is not needed. */
    'given_up',
  ]),
  code: z.string().nullable(),
})

/** Only at a front desk. */
const FrontDeskView = z.object({
  /** The number given last today. */
  last: z
    .object({
      visitId: Uuid,
      label: Label,
      serviceId: z.string(),
      /** `unsent`: the server has said nothing of it yet. `cancelling`: taken back here, and still in somebody's hand or unsent. */
      state: z.enum(['unsent', 'waiting', 'called', 'ended', 'cancelling', 'cancelled']),
      /** Where it was called, when it was. */
      counterName: z.string().nullable(),
      /** Null without a printer. */
      slip: SlipView.nullable(),
    })
    .nullable(),
  services: z.array(
    z.object({
      serviceId: z.string(),
      waiting: z.int().min(0),
      /** Null: nobody can say, because the server is away or no counter takes it. */
      wait: z.object({ regular: WaitRange, priority: WaitRange }).nullable(),
      /** Null without a quota, or while cut off. */
      quotaLeft: z.int().min(0).nullable(),
      /** Numbers of the usual series that this desk has, also while cut off; after them its own series. */
      numbersLeft: z.int().min(0),
    }),
  ),
})
export type FrontDeskView = z.infer<typeof FrontDeskView>

export const DeskSnapshot = z.object({
  version: z.int().min(0),
  /** Host clock when this was built: the screen derives elapsed times from it. */
  at: Millis,
  /** Null until the workstation is enrolled: the screen shows set-up. */
  device: z.object({ deviceId: Uuid, role: DeviceRole, serverUrl: z.string() }).nullable(),
  /** Counter name or front desk name, agency name. */
  place: z.object({ name: z.string(), agencyName: z.string(), serviceIds: z.array(z.string()) }).nullable(),
  officer: z.object({ id: z.string(), name: z.string(), roles: z.array(OfficerRole) }).nullable(),
  open: z.boolean(),
  /** While the counter pauses. `backAt`: when somebody means to be back; `scheduled`: by the mall's schedule. */
  pause: z.object({ reason: PauseReason, since: Millis, backAt: Millis.nullable(), scheduled: z.boolean() }).nullable(),
  /** A pause by schedule that begins at `at` (planned for `from`), or as soon as the visitor has left. From some minutes before. */
  pauseAhead: z.object({ reason: PauseReason, from: Millis, at: Millis, to: Millis }).nullable(),
  /** Services that this counter takes now, out of those in `place`. */
  takes: z.array(z.string()),
  /** Services that the officer may choose from. */
  mayTake: z.array(z.string()),
  /** While the screen is locked: what is personal is left out, and acts are refused. */
  locked: z.object({ since: Millis }).nullable(),
  /** Whole minutes by which this PC's own clock is ahead of the mall's (negative: behind); 0 when that is no trouble. */
  pcClockMinutes: z.int(),
  current: CurrentEntry.nullable(),
  /** The entry that was ended here last today: something may still be written about it. */
  lastEnded: z.object({ visitId: Uuid, entryNo: EntryNo, label: Label }).nullable(),
  /** About the visits at this desk, set aside here, and ended here last. Null unless an officer of this agency sits here. */
  notes: z.array(NoteView).nullable(),
  /** In call order: the first row is called next. */
  waiting: z.array(WaitingRow),
  /** Of the first row, when it is in the own hand. */
  whyNext: Why.nullable(),
  /** What is on hold, then the absent of today; each longest ago first. */
  aside: z.array(AsideRow),
  undo: Undoable.nullable(),
  today: z.object({ called: z.int(), completed: z.int(), noShow: z.int(), forwarded: z.int(), issued: z.int() }),
  connection: Connection,
  frontDesk: FrontDeskView.nullable(),
  /** Of all number displays the worst. */
  led: DeviceState,
  printer: DeviceState,
  /** The loudspeaker, where this PC has one. */
  voice: DeviceState,
  printAttention: z.array(PrintAttention),
  conflicts: z.array(Conflict),
  /** Set while something durable is wrong (disk full, read-only folder): the desk says so and refuses acts. */
  storeProblem: z.string().nullable(),
})
export type DeskSnapshot = z.infer<typeof DeskSnapshot>

const PaperAlign = z.enum(['left', 'center', 'right'])

/** What came out of a printer. */
export const PaperView = z.object({
  /** Characters across the paper, of 12 dots each: 32 on 58 mm, 48 on 80 mm. */
  columns: z.literal([32, 48]),
  lines: z.array(
    z.object({
      text: z.string(),
      align: PaperAlign,
      bold: z.boolean(),
      width: z.int(),
      height: z.int(),
    }),
  ),
  qr: z.array(z.string()),
  images: z.array(
    z.object({
      /** It stands above the line with this index. */
      beforeLine: z.int().min(0),
      align: PaperAlign,
      /** In dots; a whole number of bytes. */
      width: z.int().min(8),
      height: z.int().min(1),
      /** Base64, row by row, leftmost dot in the highest bit; 1 is black. */
      bits: z.string(),
    }),
  ),
})
export type PaperView = z.infer<typeof PaperView>

/** The device panel of the mall-in-a-laptop: what the displays show and what left the printer. */
export const PanelSnapshot = z.object({
  displays: z.array(z.object({ driver: z.string(), shown: z.string(), hex: z.string() })),
  prints: z.array(PaperView.extend({ id: z.string(), at: Millis })),
})
export type PanelSnapshot = z.infer<typeof PanelSnapshot>
