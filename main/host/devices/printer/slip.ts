/** The ticket a visitor takes at the front desk (struk antrean). */

import type { SlipDocument } from '#main/host/device-documents.ts'
import { createSheet, type PaperWidth } from '#main/host/devices/printer/sheet.ts'
import { createTexts } from '#main/host/devices/printer/texts.ts'

export function renderSlip(slip: SlipDocument, width: PaperWidth): Uint8Array {
  const { text, dateTime } = createTexts(slip.language, slip.timeZone)
  const sheet = createSheet(width)

  if (slip.copy) sheet.centered(text('copy'), { bold: true })
  sheet.centered(slip.mallName, { bold: true })
  sheet.centered(slip.agencyName)
  sheet.rule()
  sheet.centered(text('slip.title'))
  sheet.huge(slip.label.text)
  if (slip.priority) sheet.centered(text('slip.priority'), { bold: true })
  sheet.centered(slip.serviceName, { bold: true })
  if (slip.counterNames.length > 0) sheet.centered(text('counters', { names: slip.counterNames.join(', ') }))
  sheet.centered(dateTime(slip.issuedAt))
  if (slip.peopleAhead !== null) sheet.centered(text('slip.ahead', { people: slip.peopleAhead }))
  sheet.rule()
  sheet.pair(text('label.standard'), text('minutes', { minutes: slip.standardMinutes }))
  sheet.pair(text('label.tariff'), text('tariff', { amount: slip.tariffRupiah }))
  if (slip.tariffRupiah > 0) sheet.left(text('payment'))
  if (slip.requirements.length > 0) {
    sheet.left(`${text('label.requirements')}:`)
    for (const requirement of slip.requirements) sheet.item(requirement)
  }
  // A job that an older program queued has neither of the two, nor a code.
  if (slip.product) sheet.pair(text('label.product'), slip.product)
  if (slip.complaintChannel) sheet.pair(text('label.complaint'), slip.complaintChannel)
  sheet.blank()
  if (slip.qr) sheet.qr(slip.qr)
  if (slip.code) sheet.centered(text('slip.code', { code: slip.code }), { bold: true })
  sheet.centered(text('slip.keep'))
  return sheet.finish()
}
