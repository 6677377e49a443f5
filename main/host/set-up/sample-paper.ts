/** Papers without a visitor: for a look on the screen, and for a try on the printer, which says that it is one. */
import type { Failure, MethodOutput } from '#contract/desk-api.ts'
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { Problem } from '#contract/mall-config-problem.ts'
import type { PrintDocument, ReceiptDocument, SlipDocument } from '#main/host/device-documents.ts'
import type { PaperWidth } from '#main/host/devices/printer/paper-width.ts'
import { draftPapers, previewPaper } from '#main/host/devices/printer/preview.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { sampleReceipt, sampleSlip } from '#main/host/printing/sample-documents.ts'

export type SampleSource = {
  paper: 'slip' | 'receipt'
  /** Null before the PC is enrolled: an invented service. */
  config: DeviceConfig | null
  language: 'id' | 'en'
  /** Wall clock, ms since the Unix epoch. */
  now: number
}

export function samplePaper({ paper, config, language, now }: SampleSource): SlipDocument | ReceiptDocument {
  return paper === 'slip' ? sampleSlip(config, language, now) : sampleReceipt(config, language, now)
}

/** Nobody must take it for a number or a receipt. */
export function trialPaper(source: SampleSource): PrintDocument {
  return { ...samplePaper(source), trial: true }
}

/** The bytes of a trial paper; `papers`: a draft of the mall's templates, null for those in force. */
export function trialBytes(
  source: SampleSource,
  width: PaperWidth,
  papers: unknown,
): { ok: true; bytes: Uint8Array } | Failure<'TEMPLATE_WRONG'> {
  const draft =
    papers === null ? { ok: true as const, papers: source.config?.papers ?? {} } : draftPapers(papers, width)
  if (draft.ok) return { ok: true, bytes: renderDocument(trialPaper(source), width, draft.papers) }
  // The preview beside it names all of them.
  const [first] = draft.problems.map(inWords)
  return { ok: false, code: 'TEMPLATE_WRONG', ...(first && { detail: first }) }
}

/** `papers`: a draft of the mall's templates, or those in force. */
export function viewPaper(
  source: SampleSource,
  width: PaperWidth,
  papers: unknown,
): MethodOutput<'devices.previewPaper'> {
  const preview = previewPaper(samplePaper(source), width, papers)
  if (!preview.ok) return { picture: null, problems: preview.problems.map(inWords), warnings: [] }
  return { picture: preview.paper, problems: [], warnings: preview.warnings.map(inWords) }
}

function inWords({ path, message }: Problem): { at: string; rule: string } {
  return { at: path, rule: message }
}
