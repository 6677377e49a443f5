/** From a print document to the exact bytes of its job. Pure; throws when the document cannot be printed. */
import type { Papers } from '#contract/papers.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import type { PaperWidth } from '#main/host/devices/printer/paper-width.ts'
import { renderReceipt } from '#main/host/devices/printer/receipt.ts'
import { renderRequirements } from '#main/host/devices/printer/requirements.ts'
import { renderSlip } from '#main/host/devices/printer/slip.ts'

/** `papers`: the mall's own templates, as far as it has any. */
export function renderDocument(document: PrintDocument, width: PaperWidth, papers: Papers = {}): Uint8Array {
  switch (document.kind) {
    case 'slip':
      return renderSlip(document, width, papers)
    case 'receipt':
      return renderReceipt(document, width, papers)
    case 'requirements':
      return renderRequirements(document, width, papers)
  }
}
