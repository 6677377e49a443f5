/** What a visitor has to bring (daftar persyaratan): taken home, ticked off there, and brought along. It is no number. */
import type { Papers } from '#contract/papers.ts'
import type { RequirementsDocument } from '#main/host/device-documents.ts'
import { type Part, printBlocks } from '#main/host/devices/printer/blocks.ts'
import type { PaperWidth } from '#main/host/devices/printer/paper-width.ts'

type RequirementsPart = 'mall' | 'title' | 'service' | 'list' | 'facts' | 'keep'

const plain = <K extends string>(...kinds: K[]) => kinds.map((kind) => ({ kind }))
const BLOCKS = plain('logo', 'mall', 'title', 'line', 'service', 'line', 'list', 'line', 'facts', 'space', 'keep')

export function renderRequirements(document: RequirementsDocument, width: PaperWidth, { logo }: Papers): Uint8Array {
  return printBlocks(document, width, BLOCKS, PARTS, logo)
}

const PARTS: Readonly<Record<RequirementsPart, Part<RequirementsDocument>>> = {
  mall: (sheet, { mallName }) => sheet.centered(mallName, { bold: true }),
  title: (sheet, _document, { text }) => sheet.centered(text('requirements.title')),
  service(sheet, { serviceName, agencyName, counterNames }, { text }) {
    sheet.centered(serviceName, { bold: true })
    sheet.centered(agencyName)
    if (counterNames.length > 0) sheet.centered(text('counters', { names: counterNames.join(', ') }))
  },
  // A box to tick: whoever gathers papers at home sees what is missing.
  list(sheet, { requirements }) {
    for (const requirement of requirements) sheet.item(`[ ] ${requirement}`)
  },
  facts(sheet, { standardMinutes, tariffRupiah, complaintChannel, printedAt }, { text, dateTime }) {
    sheet.pair(text('label.standard'), text('minutes', { minutes: standardMinutes }))
    sheet.pair(text('label.tariff'), text('tariff', { amount: tariffRupiah }))
    if (tariffRupiah > 0) sheet.left(text('payment'))
    sheet.pair(text('label.complaint'), complaintChannel)
    sheet.pair(text('requirements.printed'), dateTime(printedAt))
  },
  keep: (sheet, _document, { text }) => sheet.centered(text('requirements.keep')),
}
