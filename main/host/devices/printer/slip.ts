/** The ticket a visitor takes at the front desk (struk antrean). */
import { DEFAULT_SLIP, type Papers, type SlipPart } from '#contract/papers.ts'
import type { SlipDocument } from '#main/host/device-documents.ts'
import { type Part, printBlocks } from '#main/host/devices/printer/blocks.ts'
import type { PaperWidth } from '#main/host/devices/printer/paper-width.ts'

export function renderSlip(slip: SlipDocument, width: PaperWidth, papers: Papers): Uint8Array {
  return printBlocks(slip, width, papers.slip ?? DEFAULT_SLIP, PARTS, papers.logo)
}

const PARTS: Readonly<Record<SlipPart, Part<SlipDocument>>> = {
  mall: (sheet, { mallName }) => sheet.centered(mallName, { bold: true }),
  agency: (sheet, { agencyName }) => sheet.centered(agencyName),
  title: (sheet, _slip, { text }) => sheet.centered(text('slip.title')),
  number(sheet, { label, priority }, { text }) {
    sheet.huge(label.text)
    if (priority) sheet.centered(text('slip.priority'), { bold: true })
  },
  service: (sheet, { serviceName }) => sheet.centered(serviceName, { bold: true }),
  counters(sheet, { counterNames }, { text }) {
    if (counterNames.length > 0) sheet.centered(text('counters', { names: counterNames.join(', ') }))
  },
  time: (sheet, { issuedAt }, { dateTime }) => sheet.centered(dateTime(issuedAt)),
  ahead(sheet, { peopleAhead, wait, appointmentAt }, { text, dateTime }) {
    if (peopleAhead !== null) sheet.centered(text('slip.ahead', { people: peopleAhead }))
    if (wait) sheet.centered(text('slip.wait', wait))
    if (appointmentAt !== undefined) sheet.centered(text('slip.appointment', { time: dateTime(appointmentAt) }))
    if (wait === null) sheet.centered(text('slip.noWait'))
  },
  standard: (sheet, { standardMinutes }, { text }) =>
    sheet.pair(text('label.standard'), text('minutes', { minutes: standardMinutes })),
  tariff: (sheet, { tariffRupiah }, { text }) =>
    sheet.pair(text('label.tariff'), text('tariff', { amount: tariffRupiah })),
  payment(sheet, { tariffRupiah }, { text }) {
    if (tariffRupiah > 0) sheet.left(text('payment'))
  },
  requirements(sheet, { requirements }, { text }) {
    if (requirements.length === 0) return
    sheet.left(`${text('label.requirements')}:`)
    for (const requirement of requirements) sheet.item(requirement)
  },
  // A job that an older program queued has neither product nor complaint channel, nor a code.
  product(sheet, { product }, { text }) {
    if (product) sheet.pair(text('label.product'), product)
  },
  complaint(sheet, { complaintChannel }, { text }) {
    if (complaintChannel) sheet.pair(text('label.complaint'), complaintChannel)
  },
  qr(sheet, { qr, code }, { text }) {
    if (qr) sheet.qr(qr)
    if (code) sheet.centered(text('slip.code', { code }), { bold: true })
  },
  keep: (sheet, _slip, { text }) => sheet.centered(text('slip.keep')),
}
