/** What a visitor takes home after a service (tanda terima). */
import { DEFAULT_RECEIPT, type Papers, type ReceiptPart } from '#contract/papers.ts'
import type { ReceiptDocument } from '#main/host/device-documents.ts'
import { type Part, printBlocks } from '#main/host/devices/printer/blocks.ts'
import type { PaperWidth } from '#main/host/devices/printer/paper-width.ts'

export function renderReceipt(receipt: ReceiptDocument, width: PaperWidth, papers: Papers): Uint8Array {
  return printBlocks(receipt, width, papers.receipt ?? DEFAULT_RECEIPT, PARTS, papers.logo)
}

const PARTS: Readonly<Record<ReceiptPart, Part<ReceiptDocument>>> = {
  mall: (sheet, { mallName }) => sheet.centered(mallName, { bold: true }),
  title: (sheet, _receipt, { text }) => sheet.centered(text('receipt.title')),
  number: (sheet, { label }) => sheet.huge(label.text),
  agency: (sheet, { agencyName }) => sheet.centered(agencyName),
  service: (sheet, { serviceName }) => sheet.centered(serviceName, { bold: true }),
  counter: (sheet, { counterName }, { text }) => sheet.pair(text('label.counter'), counterName),
  officer: (sheet, { officerCode }, { text }) => sheet.pair(text('label.officer'), officerCode),
  times(sheet, { issuedAt, calledAt, finishedAt }, { text, dateTime }) {
    sheet.pair(text('label.issued'), dateTime(issuedAt))
    sheet.pair(text('label.called'), dateTime(calledAt))
    sheet.pair(text('label.finished'), dateTime(finishedAt))
  },
  outcome: (sheet, { outcome }, { text }) => sheet.pair(text('label.outcome'), text('outcome', { outcome })),
  product(sheet, { product, delivered = [] }, { text }) {
    if (product) sheet.pair(text('label.product'), product)
    if (delivered.length > 0) sheet.left(`${text('label.delivered')}:`)
    for (const { name, quantity } of delivered) sheet.left(`${quantity} x ${name}`)
  },
  tariff: (sheet, { tariffRupiah }, { text }) =>
    sheet.pair(text('label.tariff'), text('tariff', { amount: tariffRupiah })),
  // A job that an older program queued has neither a reference nor a survey.
  payment(sheet, { tariffRupiah, paymentReference }, { text }) {
    if (tariffRupiah > 0) sheet.left(text('payment'))
    if (paymentReference) sheet.left(text('payment.reference', { reference: paymentReference }))
  },
  complaint: (sheet, { complaintChannel }, { text }) => sheet.pair(text('label.complaint'), complaintChannel),
  next(sheet, { next }, { text }) {
    if (!next) return
    sheet.rule()
    sheet.left(`${text('label.next')}:`)
    sheet.left(next.agency)
    sheet.left(next.service)
    if (next.counterNames.length > 0) sheet.left(text('counters', { names: next.counterNames.join(', ') }))
  },
  proof(sheet, { proof: { device, seq, shortHash } }, { text }) {
    sheet.left(`${text('label.proof')}:`)
    sheet.left(`${device} ${seq} ${shortHash}`)
  },
  survey(sheet, { surveyUrl }, { text }) {
    if (!surveyUrl) return
    sheet.blank()
    sheet.qr(surveyUrl)
    sheet.centered(text('receipt.survey'), { bold: true })
  },
}
