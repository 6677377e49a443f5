/** Builds what the screens show, from committed state only. Times are mall time (server clock as this PC knows it). */
import type { z } from 'zod'
import type { Catalogue, DeskSnapshot, DeviceState } from '#contract/snapshot.ts'
import { FindingCode } from '#contract/wire/finding.ts'
import type { AsideEntry } from '#db/repositories/entries.ts'
import type { StoreErrorCode } from '#db/store-error.ts'
import { undoing } from '#domain/desk.ts'
import type { Entry } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'
import { readHandedOver, validity } from '#domain/handed-over.ts'
import { handingStep } from '#domain/journey.ts'
import { NOTE_DAYS } from '#domain/note.ts'
import { callOrder } from '#domain/rank.ts'
import { mayCallAgain } from '#domain/recall.ts'
import { parseTicketLabel } from '#domain/ticket-label.ts'
import { wayBackOf } from '#domain/way-back.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, rankPolicy, recallRule, today, withheldFact, withheldMs } from '#main/host/desk-state.ts'
import type { LedState } from '#main/host/device-documents.ts'
import { whyCalled, whyNext } from '#main/host/explain-call.ts'
import { lastNumber } from '#main/host/front-desk/last-number.ts'
import { serviceViews } from '#main/host/front-desk/outlook.ts'
import { notesOf } from '#main/host/notes-view.ts'
import type { LedPort, PrinterPort } from '#main/host/ports.ts'
import { counterNamesOf } from '#main/host/printing/names.ts'
import { permittedServices, takenServices } from '#main/host/services.ts'
import { pcClockMinutes } from '#main/host/tend-desk.ts'
import { adviceNow } from '#main/host/use-cases/planned-pause.ts'

export function buildDeskSnapshot(
  context: HostContext,
  version: number,
  storeProblem: StoreErrorCode | null,
): DeskSnapshot {
  const { repositories } = context
  const device = repositories.device.get()
  const desk = repositories.desk.get()
  const current = repositories.entries.current()
  const date = today(context)
  const counts = repositories.entries.countByStatus(date)
  const officerId = officerHere(context, desk)
  const officer = context.config()?.officers.find((one) => one.id === officerId)
  const isAttended = officer !== undefined && desk.lockedSince === null
  const ahead = adviceNow(context)
  const aside = repositories.entries.aside(date)
  const lastEnded = repositories.entries.lastEnded(date)
  return {
    version,
    at: mallNow(context),
    device: device && {
      deviceId: device.device_id,
      role:
        device.role_kind === 'counter'
          ? { kind: 'counter', counterId: device.role_id }
          : { kind: 'front_desk', frontDeskId: device.role_id },
      serverUrl: device.server_url,
    },
    place: place(context, device?.role_id ?? null),
    officer: officer ? { id: officer.id, name: officer.name, roles: officer.roles } : null,
    open: desk.open,
    pause: desk.pause,
    pauseAhead:
      ahead.kind === 'remind'
        ? { reason: ahead.window.reason, from: ahead.window.from, at: ahead.at, to: ahead.window.to }
        : null,
    takes: [...takenServices(context)],
    mayTake: [...permittedServices(context, officerId)],
    locked: officer && desk.lockedSince !== null ? { since: desk.lockedSince } : null,
    pcClockMinutes: pcClockMinutes(context),
    current: current && currentView(context, current, isAttended),
    lastEnded: lastEnded && { visitId: lastEnded.visitId, entryNo: lastEnded.entryNo, label: lastEnded.label },
    notes: notesOf(context, [current, lastEnded, ...aside], isAttended ? officerId : null),
    ...waiting(context, date),
    aside: aside.map((entry) => asideRow(entry, date)),
    undo: undoable(context, current),
    today: {
      called: Object.values(counts).reduce((sum, n) => sum + n, 0),
      completed: counts.completed ?? 0,
      noShow: counts.no_show ?? 0,
      forwarded: counts.forwarded ?? 0,
      issued: repositories.visits.countOn(date),
    },
    connection: context.mall.connection(),
    frontDesk:
      device?.role_kind === 'front_desk' ? { last: lastNumber(context), services: serviceViews(context) } : null,
    led: deviceState(context.led),
    printer: deviceState(context.printer),
    voice: deviceState({ ...context.voice, where: () => null }),
    printAttention: repositories.printJobs.needingAttention().map((job) => ({
      jobId: job.id,
      label: job.label,
      document: job.kind,
      state: job.state === 'unknown' || job.state === 'failed' ? job.state : 'queued',
      code: job.code,
    })),
    conflicts: conflicts(context),
    storeProblem,
  }
}

function conflicts(context: HostContext): DeskSnapshot['conflicts'] {
  return context.repositories.findings.unsettled().map(({ code, foundAt, body }) => {
    const { data } = JSON.parse(body) as EventBody
    return { label: labelIn(context, data), code: FindingCode.parse(code), at: foundAt }
  })
}

function labelIn({ repositories }: HostContext, data: EventBody['data']): string | null {
  if ('label' in data) return data.label
  if ('entryNo' in data) return repositories.entries.get(data)?.label ?? null
  return 'visitId' in data ? (repositories.visits.get(data.visitId)?.label ?? null) : null
}

function place(context: HostContext, roleId: string | null): DeskSnapshot['place'] {
  const config = context.config()
  const counter = config?.counters.find((one) => one.id === roleId)
  if (config && counter) {
    const agency = config.agencies.find((one) => one.id === counter.agencyId)
    return { name: counter.name, agencyName: agency?.name ?? '', serviceIds: counter.serviceIds }
  }
  const frontDesk = config?.frontDesks.find((one) => one.id === roleId)
  if (!config || !frontDesk) return null
  return { name: frontDesk.name, agencyName: config.mall.name, serviceIds: config.services.map((one) => one.id) }
}

/** What a visitor's earlier desks handed over is personal: shown only while an officer is there. */
function currentView(context: HostContext, entry: Entry, isAttended: boolean): DeskSnapshot['current'] {
  const rule = recallRule(context)
  const wayBack = wayBackOf(entry, null)
  const texts = isAttended && entry.entryNo > 1 ? context.repositories.personalTexts.ofVisit(entry.visitId) : []
  return {
    visitId: entry.visitId,
    entryNo: entry.entryNo,
    label: entry.label,
    serviceId: entry.serviceId,
    status: entry.status === 'serving' ? 'serving' : 'called',
    priority: entry.priority,
    journeyId: entry.journeyId,
    waitingSince: entry.waitingSince,
    calledAt: entry.calledAt ?? entry.waitingSince,
    servingAt: entry.servingAt,
    calls: entry.calls,
    why: whyCalled(context, entry),
    returnsTo: context.config()?.counters.find(({ id }) => id === wayBack?.counterId)?.name ?? null,
    recallOver: mayCallAgain(entry.calls, rule) ? null : rule.after,
    prerequisites: texts
      .filter((text) => text.entryNo < entry.entryNo)
      .map(({ key, value }) => handedOver(context, entry, key, value)),
  }
}

type Prerequisite = NonNullable<DeskSnapshot['current']>['prerequisites'][number]

/** Only of what is valid for some days a date may stand before the number. */
function handedOver(context: HostContext, entry: Entry, key: string, text: string): Prerequisite {
  const validDays = handingStep(context.config()?.journeys ?? [], entry, key)?.handsOver?.validDays
  if (validDays === undefined) return { key, value: text, validity: null }
  const { value, issuedOn } = readHandedOver(text)
  return { key, value, validity: issuedOn === null ? null : validity(issuedOn, validDays, today(context)) }
}

/** The own hand in call order, then what waits for several counters, by its place in their line. */
function waiting(context: HostContext, date: string): Pick<DeskSnapshot, 'waiting' | 'whyNext'> {
  const { repositories } = context
  const held = repositories.hand.held(date)
  const hand = callOrder(held, repositories.desk.get().history, rankPolicy(context))
  const mine = new Set(hand.map((entry) => `${entry.visitId} ${entry.entryNo}`))
  const taken = new Set(takenServices(context))
  const isTaken = (serviceId: string) => taken.size === 0 || taken.has(serviceId)
  const others = repositories.queue
    .waiting(date)
    .filter((row) => isTaken(row.serviceId) && !mine.has(`${row.visitId} ${row.entryNo}`))
  const rows = [...hand, ...others].map((entry, index) => ({
    visitId: entry.visitId,
    entryNo: entry.entryNo,
    label: entry.label,
    serviceId: entry.serviceId,
    priority: entry.priority,
    waitingSince: entry.waitingSince,
    place: entry.rank?.by ?? null,
    appointmentAt: entry.appointmentAt ?? null,
    mine: index < hand.length,
  }))
  return { waiting: rows, whyNext: whyNext(context, held) }
}

function asideRow(entry: AsideEntry, date: string): DeskSnapshot['aside'][number] {
  const { visitId, entryNo, label, serviceId, priority, hold, calls } = entry
  return {
    ...{ visitId, entryNo, label, serviceId, priority, calls },
    status: hold ? 'on_hold' : 'no_show',
    reason: hold?.reason ?? null,
    since: hold?.since ?? entry.endedAt ?? entry.waitingSince,
    isOfToday: entry.businessDate === date,
  }
}

const UNDO_KINDS = {
  'entry.call_undone': 'call',
  'entry.give_away_undone': 'forward',
  'entry.release_undone': 'release',
} as const

function undoable(context: HostContext, current: Entry | null): DeskSnapshot['undo'] {
  const { repositories } = context
  const withheld = withheldFact(context)
  const subject = withheld && 'entryNo' in withheld.data ? repositories.entries.get(withheld.data) : null
  const fact = undoing({ current, withheld, subject })
  const label = fact && (repositories.entries.get(fact.data)?.label ?? repositories.hand.get(fact.data)?.label)
  if (!fact || !label) return null
  const kind = withheld?.type === 'entry.transferred' ? 'transfer' : UNDO_KINDS[fact.type]
  return kind === 'call' ? { kind, label } : { kind, label, until: mallNow(context) + withheldMs(context) }
}

function deviceState(device: Pick<LedPort | PrinterPort, 'health' | 'where'>): z.infer<typeof DeviceState> {
  const health = device.health()
  const where = device.where()
  if (health.state === 'failed') return { state: 'failed', code: health.code, detail: health.detail, where }
  const hint = health.state === 'ready' ? health.hint : undefined
  return { state: health.state, code: hint ?? null, detail: null, where }
}

export function buildCatalogue(context: HostContext): Catalogue {
  const config = context.config()
  if (!config) {
    return {
      version: 0,
      mallName: '',
      notesDays: NOTE_DAYS,
      timeZone: 'Asia/Jakarta',
      services: [],
      journeys: [],
      officers: [],
      counters: [],
    }
  }
  const agencyNames = new Map(config.agencies.map((agency) => [agency.id, agency.name]))
  return {
    version: config.version,
    mallName: config.mall.name,
    notesDays: config.notesDays ?? NOTE_DAYS,
    timeZone: config.mall.timeZone,
    services: config.services.map((service) => ({
      id: service.id,
      agencyId: service.agencyId,
      agencyName: agencyNames.get(service.agencyId) ?? '',
      name: service.name,
      prefix: service.prefix,
      standardMinutes: service.standardMinutes,
      requirements: service.requirements,
      tariffRupiah: service.tariffRupiah,
      asksDelivered: service.asksDelivered ?? false,
      counterNames: counterNamesOf(config, service.id),
    })),
    journeys: config.journeys.map((journey) => ({
      id: journey.id,
      name: journey.name,
      steps: journey.steps.map(({ serviceId, handsOver }) => ({
        serviceId,
        handsOver: handsOver ? { ...handsOver, validDays: handsOver.validDays ?? null } : null,
      })),
    })),
    officers: config.officers.map(({ id, name, roles }) => ({ id, name, roles })),
    counters: config.counters.map(({ id, name, agencyId, serviceIds }) => ({
      ...{ id, name, serviceIds },
      agencyName: agencyNames.get(agencyId) ?? '',
    })),
  }
}

/** What the number display must show now; `calls` tells a repeated call from the same one. */
export function ledStateOf(context: HostContext): { state: LedState; calls: number } {
  const { repositories } = context
  const current = repositories.entries.current()
  const label = current && parseTicketLabel(current.label)
  if (current && label) {
    const counter = context.config()?.counters.find((one) => one.id === current.counterId)
    const state = {
      kind: 'number',
      label,
      counterName: counter?.name ?? '',
      blink: current.status === 'called',
    } as const
    return { state, calls: current.calls }
  }
  const { open, paused } = repositories.desk.get()
  if (!open) return { state: { kind: 'closed' }, calls: 0 }
  return { state: paused ? { kind: 'paused' } : { kind: 'idle' }, calls: 0 }
}
