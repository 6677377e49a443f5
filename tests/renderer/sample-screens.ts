/** Screens of the sample mall in every state a test may want. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MallConfig } from '#contract/mall-config.ts'
import type { ShellInfo } from '#contract/messages.ts'
import type { Catalogue, DeskSnapshot, FrontDeskView, PanelSnapshot, Why } from '#contract/snapshot.ts'
import { ROOT } from '#scripts/root.ts'

const mall = MallConfig.parse(JSON.parse(readFileSync(join(ROOT, 'config/contoh-mpp.json'), 'utf8')))

export type Row = DeskSnapshot['waiting'][number]
export type Current = NonNullable<DeskSnapshot['current']>

const MINUTE = 60_000
/** The counters of the lost-KTP journey. */
const POLICE_SERVICE = 'surat-kehilangan'
const CARD_SERVICE = 'ktp-el-hilang'
const police = counterOf(POLICE_SERVICE)

/** The visit of lastNumber(). */
export const VISIT_ID = '00000000-0000-4000-8000-000000000041'
export const POLICE_OFFICER = { id: 'sari', name: 'Sari Wulandari', roles: ['officer' as const], pin: '246810' }

export const catalogue: Catalogue = {
  version: 1,
  mallName: mall.mall.name,
  notesDays: 30,
  timeZone: mall.mall.timeZone,
  services: mall.services.map(({ product: _product, padding: _padding, ...service }) => ({
    ...service,
    asksDelivered: service.asksDelivered ?? false,
    agencyName: agencyName(service.agencyId),
    counterNames: mall.counters.filter(({ serviceIds }) => serviceIds.includes(service.id)).map(({ name }) => name),
  })),
  journeys: mall.journeys.map(({ id, name, steps }) => ({
    id,
    name,
    steps: steps.map(({ serviceId, handsOver }) => ({
      serviceId,
      handsOver: handsOver ? { ...handsOver, validDays: handsOver.validDays ?? null } : null,
    })),
  })),
  officers: [
    { id: POLICE_OFFICER.id, name: POLICE_OFFICER.name, roles: POLICE_OFFICER.roles },
    { id: 'made', name: 'I Made Suardana', roles: ['officer'] },
    { id: 'rina', name: 'Rina Kartika', roles: ['supervisor'] },
  ],
  counters: mall.counters.map(({ id, name, agencyId, serviceIds }) => ({
    ...{ id, name, serviceIds },
    agencyName: agencyName(agencyId),
  })),
}

/** As if the service asked what was delivered. */
export function catalogueAsking(serviceId: string): Catalogue {
  const services = catalogue.services.map((one) => (one.id === serviceId ? { ...one, asksDelivered: true } : one))
  return { ...catalogue, services }
}

const signedIn = { id: POLICE_OFFICER.id, name: POLICE_OFFICER.name, roles: POLICE_OFFICER.roles }

/** Next in line, and only one class waits. */
export const plainWhy: Why = {
  place: 'waiting_time',
  turn: null,
  outOfOrder: null,
  appointmentAt: null,
  regularPerPriority: 2,
  ageingMinutes: 30,
}

/** A counter that is enrolled; nobody is signed in. */
export function counterSnapshot(change: Partial<DeskSnapshot> = {}): DeskSnapshot {
  return {
    version: 1,
    at: Date.now(),
    device: { deviceId: randomUUID(), role: { kind: 'counter', counterId: police.id }, serverUrl: 'http://mall' },
    place: { name: police.name, agencyName: agencyName(police.agencyId), serviceIds: police.serviceIds },
    officer: null,
    open: false,
    pause: null,
    pauseAhead: null,
    takes: police.serviceIds,
    mayTake: police.serviceIds,
    locked: null,
    pcClockMinutes: 0,
    current: null,
    lastEnded: null,
    notes: null,
    waiting: [],
    whyNext: null,
    aside: [],
    undo: null,
    today: { called: 24, completed: 19, noShow: 2, forwarded: 3, issued: 0 },
    connection: { state: 'online', unsent: 0 },
    frontDesk: null,
    led: { state: 'ready', code: null, detail: null, where: null },
    printer: { state: 'ready', code: null, detail: null, where: null },
    voice: { state: 'absent', code: null, detail: null, where: null },
    printAttention: [],
    conflicts: [],
    storeProblem: null,
    ...change,
  }
}

export function openCounter(change: Partial<DeskSnapshot> = {}): DeskSnapshot {
  return counterSnapshot({ officer: signedIn, open: true, notes: [], waiting: waitingRows(6), ...change })
}

export function frontDeskSnapshot(change: Partial<DeskSnapshot> = {}): DeskSnapshot {
  const [desk] = mall.frontDesks
  if (!desk) throw new Error('the sample mall has no front desk')
  return counterSnapshot({
    device: { deviceId: randomUUID(), role: { kind: 'front_desk', frontDeskId: desk.id }, serverUrl: 'http://mall' },
    place: { name: desk.name, agencyName: mall.mall.name, serviceIds: mall.services.map(({ id }) => id) },
    officer: { id: 'ayu', name: 'Ayu Lestari', roles: ['front_desk'] },
    led: { state: 'absent', code: null, detail: null, where: null },
    today: { called: 0, completed: 0, noShow: 0, forwarded: 0, issued: 41 },
    frontDesk: { last: null, services: mall.services.map(({ id }, index) => frontService(id, index)) },
    ...change,
  })
}

function frontService(serviceId: string, index: number): FrontDeskView['services'][number] {
  return {
    serviceId,
    waiting: index % 9,
    wait: { regular: { from: 20, to: 35 }, priority: { from: 5, to: 15 } },
    quotaLeft: null,
    numbersLeft: 12,
  }
}

/** What a front desk shows of one service, with some of it changed. */
export function withFrontService(
  serviceId: string,
  change: Partial<FrontDeskView['services'][number]>,
): Pick<DeskSnapshot, 'frontDesk'> {
  const services = mall.services.map(({ id }, index) => ({
    ...frontService(id, index),
    ...(id === serviceId ? change : {}),
  }))
  return { frontDesk: { last: null, services } }
}

/** The number that was given last, and its slip. */
export function lastNumber(change: Partial<NonNullable<FrontDeskView['last']>> = {}): Pick<DeskSnapshot, 'frontDesk'> {
  const last: NonNullable<FrontDeskView['last']> = {
    visitId: VISIT_ID,
    label: 'P-042',
    serviceId: POLICE_SERVICE,
    state: 'waiting',
    counterName: null,
    slip: { jobId: '00000000-0000-4000-8000-000000000042', state: 'printed', code: null },
    ...change,
  }
  return { frontDesk: { last, services: mall.services.map(({ id }, index) => frontService(id, index)) } }
}

/** Waiting from long to short; every seventh has priority, the first four are in the counter's own hand. */
export function waitingRows(count: number): Row[] {
  const prefix = mall.services.find(({ id }) => id === POLICE_SERVICE)?.prefix ?? 'A'
  const longest = 48 * MINUTE
  return Array.from({ length: count }, (_, index) => ({
    visitId: randomUUID(),
    entryNo: 1,
    label: `${prefix}-${String(index + 13).padStart(3, '0')}`,
    serviceId: police.serviceIds[index % police.serviceIds.length] ?? POLICE_SERVICE,
    priority: index % 7 === 2 ? ('elderly' as const) : null,
    waitingSince: Date.now() - Math.round(longest * (1 - index / count)),
    place: null,
    appointmentAt: null,
    mine: index < 4,
  }))
}

/** Set aside at this counter: one on hold, one absent. */
export function asideRows(): DeskSnapshot['aside'] {
  const row = { entryNo: 1, serviceId: 'skck', priority: null, calls: 2, isOfToday: true }
  const [held, absent] = [randomUUID(), randomUUID()]
  return [
    { ...row, visitId: held, label: 'P-001', status: 'on_hold', reason: 'payment', since: Date.now() - 18 * MINUTE },
    { ...row, visitId: absent, label: 'P-002', status: 'no_show', reason: null, since: Date.now() - 9 * MINUTE },
  ]
}

export const failedDisplay: DeskSnapshot['led'] = {
  state: 'failed',
  code: 'LED_SILENT',
  detail: 'COM3',
  where: 'COM3 (FTDI)',
}

export function cutOff(unsent = 17): DeskSnapshot['connection'] {
  return { state: 'offline', since: Date.now() - 30 * MINUTE, unsent, reason: 'UNREACHABLE' }
}

export function calledEntry(change: Partial<Current> = {}): Current {
  const row = waitingRows(1)[0]
  return {
    visitId: randomUUID(),
    entryNo: 1,
    label: row?.label ?? 'A-013',
    serviceId: POLICE_SERVICE,
    status: 'called',
    priority: null,
    journeyId: null,
    waitingSince: Date.now() - 14 * MINUTE,
    calledAt: Date.now() - 20_000,
    servingAt: null,
    calls: 1,
    why: plainWhy,
    returnsTo: null,
    recallOver: null,
    prerequisites: [],
    ...change,
  }
}

export function servingEntry(minutes: number, change: Partial<Current> = {}): Current {
  return calledEntry({ status: 'serving', servingAt: Date.now() - minutes * MINUTE, ...change })
}

/** What officers of the own agency wrote about a visitor, oldest first. */
export function notesOn({ visitId, entryNo }: Pick<Current, 'visitId' | 'entryNo'>, ...texts: string[]) {
  return texts.map((text, index) => ({
    ...{ visitId, entryNo, counterName: '12', officerName: POLICE_OFFICER.name, text },
    at: Date.now() - (texts.length - index) * 5 * MINUTE,
  }))
}

/** The second step of the lost-KTP journey, with what the police handed over. */
export function secondStepEntry(): Current {
  return servingEntry(3, {
    entryNo: 2,
    serviceId: CARD_SERVICE,
    journeyId: 'ktp-hilang',
    priority: 'elderly',
    prerequisites: [
      {
        key: 'nomor-surat-kehilangan',
        value: 'STPLK/1187/XI/2026/SPKT',
        validity: { issuedOn: '2026-11-20', until: '2026-12-04', isOver: false },
      },
    ],
  })
}

export const running: ShellInfo = { host: { state: 'running' }, laptop: null }

export const laptopShell: ShellInfo = {
  host: { state: 'running' },
  laptop: {
    screens: [
      { id: 'test', title: `Loket ${police.name}`, kind: 'counter' },
      { id: 'front', title: 'Penerima tamu', kind: 'front_desk' },
    ],
    spareCounters: mall.counters.slice(0, 12).map(({ id, name, agencyId }) => ({
      id,
      title: `Loket ${name}, ${agencyName(agencyId)}`,
    })),
    samplePins: [{ officerId: POLICE_OFFICER.id, pin: POLICE_OFFICER.pin }],
  },
}

export const emptyPanel: PanelSnapshot = { displays: [], prints: [] }

export const busyPanel: PanelSnapshot = {
  displays: [{ driver: 'cd5220', shown: `A-013        LOKET ${police.name}`, hex: '1b5141412d30313320202020200d' }],
  prints: [
    {
      id: randomUUID(),
      at: Date.now(),
      columns: 48,
      lines: [
        { text: mall.mall.name, align: 'center', bold: true, width: 1, height: 1 },
        { text: 'TANDA TERIMA', align: 'center', bold: false, width: 1, height: 1 },
        { text: 'A-013', align: 'center', bold: true, width: 3, height: 3 },
        { text: '-'.repeat(48), align: 'left', bold: false, width: 1, height: 1 },
        { text: `Tarif${'Rp0 (gratis)'.padStart(43)}`, align: 'left', bold: false, width: 1, height: 1 },
        { text: 'Pengaduan: SP4N-LAPOR!', align: 'left', bold: false, width: 1, height: 1 },
      ],
      qr: ['LOKET2;6f2d1c1e;1;A-013'],
      // A black bar of 64 by 4 dots above the mall's name.
      images: [
        { beforeLine: 0, align: 'center', width: 64, height: 4, bits: Buffer.alloc(32, 0xff).toString('base64') },
      ],
    },
  ],
}

function counterOf(serviceId: string) {
  const counter = mall.counters.find(({ serviceIds }) => serviceIds.includes(serviceId))
  if (!counter) throw new Error(`no counter of the sample mall offers ${serviceId}`)
  return counter
}

function agencyName(agencyId: string): string {
  return mall.agencies.find(({ id }) => id === agencyId)?.name ?? agencyId
}
