/** Screens of the sample mall in every state a test may want. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MallConfig } from '#contract/mall-config.ts'
import type { ShellInfo } from '#contract/messages.ts'
import type { Catalogue, DeskSnapshot, PanelSnapshot } from '#contract/snapshot.ts'
import { ROOT } from '#scripts/root.ts'

const mall = MallConfig.parse(JSON.parse(readFileSync(join(ROOT, 'config/contoh-mpp.json'), 'utf8')))

export type Row = DeskSnapshot['waiting'][number]
export type Current = NonNullable<DeskSnapshot['current']>

const MINUTE = 60_000
/** The counters of the lost-KTP journey. */
const POLICE_SERVICE = 'surat-kehilangan'
const CARD_SERVICE = 'ktp-el-hilang'
const police = counterOf(POLICE_SERVICE)

export const POLICE_OFFICER = { id: 'sari', name: 'Sari Wulandari', roles: ['officer' as const], pin: '246810' }

export const catalogue: Catalogue = {
  version: 1,
  mallName: mall.mall.name,
  timeZone: mall.mall.timeZone,
  services: mall.services.map(({ product: _product, padding: _padding, ...service }) => ({
    ...service,
    agencyName: agencyName(service.agencyId),
    counterNames: mall.counters.filter(({ serviceIds }) => serviceIds.includes(service.id)).map(({ name }) => name),
  })),
  journeys: mall.journeys.map(({ id, name, steps }) => ({
    id,
    name,
    steps: steps.map(({ serviceId, handsOver }) => ({ serviceId, handsOver: handsOver ?? null })),
  })),
  officers: [
    { id: POLICE_OFFICER.id, name: POLICE_OFFICER.name, roles: POLICE_OFFICER.roles },
    { id: 'made', name: 'I Made Suardana', roles: ['officer'] },
    { id: 'rina', name: 'Rina Kartika', roles: ['supervisor'] },
  ],
}

const signedIn = { id: POLICE_OFFICER.id, name: POLICE_OFFICER.name, roles: POLICE_OFFICER.roles }

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
    waiting: [],
    aside: [],
    undo: null,
    today: { called: 24, completed: 19, noShow: 2, forwarded: 3, issued: 0 },
    connection: { state: 'online', unsent: 0 },
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
  return counterSnapshot({ officer: signedIn, open: true, waiting: waitingRows(6), ...change })
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
    ...change,
  })
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
    mine: index < 4,
  }))
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
    prerequisites: [],
    ...change,
  }
}

export function servingEntry(minutes: number, change: Partial<Current> = {}): Current {
  return calledEntry({ status: 'serving', servingAt: Date.now() - minutes * MINUTE, ...change })
}

/** The second step of the lost-KTP journey, with what the police handed over. */
export function secondStepEntry(): Current {
  return servingEntry(3, {
    entryNo: 2,
    serviceId: CARD_SERVICE,
    journeyId: 'ktp-hilang',
    priority: 'elderly',
    prerequisites: [{ key: 'nomor-surat-kehilangan', value: 'STPLK/1187/XI/2026/SPKT' }],
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
