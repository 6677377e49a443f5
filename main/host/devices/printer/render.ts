/** From a print document to the exact bytes of its job. Pure; throws when the document cannot be printed. */
import type { Papers } from '#contract/papers.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import { renderReceipt } from '#main/host/devices/printer/receipt.ts'
import type { PaperWidth } from '#main/host/devices/printer/sheet.ts'
import { renderSlip } from '#main/host/devices/printer/slip.ts'

/** `papers`: the mall's own templates, as far as it has any. */
export function renderDocument(document: PrintDocument, width: PaperWidth, papers: Papers = {}): Uint8Array {
  return document.kind === 'slip' ? renderSlip(document, width, papers) : renderReceipt(document, width, papers)
}
