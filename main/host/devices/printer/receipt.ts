/** What a visitor takes home after a service (tanda terima). */

import type { ReceiptDocument } from '#main/host/device-documents.ts'
import { createSheet, type PaperWidth } from '#main/host/devices/printer/sheet.ts'
import { createTexts } from '#main/host/devices/printer/texts.ts'

export function renderReceipt(receipt: ReceiptDocument, width: PaperWidth): Uint8Array {
  const { text, dateTime } = createTexts(receipt.language, receipt.timeZone)
  const { next, proof } = receipt
  const sheet = createSheet(width)

  if (receipt.copy) sheet.centered(text('copy'), { bold: true })
  sheet.centered(receipt.mallName, { bold: true })
  sheet.centered(text('receipt.title'))
  sheet.huge(receipt.label.text)
  sheet.centered(receipt.agencyName)
  sheet.centered(receipt.serviceName, { bold: true })
  sheet.rule()
  sheet.pair(text('label.counter'), receipt.counterName)
  sheet.pair(text('label.officer'), receipt.officerCode)
  sheet.pair(text('label.issued'), dateTime(receipt.issuedAt))
  sheet.pair(text('label.called'), dateTime(receipt.calledAt))
  sheet.pair(text('label.finished'), dateTime(receipt.finishedAt))
  sheet.rule()
  sheet.pair(text('label.outcome'), text('outcome', { outcome: receipt.outcome }))
  if (receipt.product) sheet.pair(text('label.product'), receipt.product)
  sheet.pair(text('label.tariff'), text('tariff', { amount: receipt.tariffRupiah }))
  if (receipt.tariffRupiah > 0) sheet.left(text('payment'))
  // A job that an older program queued has neither a reference nor a survey.
  if (receipt.paymentReference) sheet.left(text('payment.reference', { reference: receipt.paymentReference }))
  sheet.pair(text('label.complaint'), receipt.complaintChannel)
  if (next) {
    sheet.rule()
    sheet.left(`${text('label.next')}:`)
    sheet.left(next.agency)
    sheet.left(next.service)
    if (next.counterNames.length > 0) sheet.left(text('counters', { names: next.counterNames.join(', ') }))
  }
  sheet.rule()
  sheet.left(`${text('label.proof')}:`)
  sheet.left(`${proof.device} ${proof.seq} ${proof.shortHash}`)
  if (receipt.surveyUrl) {
    sheet.blank()
    sheet.centered(text('receipt.survey'), { bold: true })
    sheet.qr(receipt.surveyUrl)
  }
  return sheet.finish()
}
