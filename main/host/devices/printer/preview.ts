/** A paper before it is in use: for screens on which a mall changes its papers, and sees at once what they become. */

import { problemsOfIssue } from '#contract/mall-config-issues.ts'
import { type ConfigPath, type Problem, problem } from '#contract/mall-config-problem.ts'
import { Papers } from '#contract/papers.ts'
import { logoProblem, paperProblems } from '#contract/papers-rules.ts'
import type { PrintDocument, ReceiptDocument, SlipDocument } from '#main/host/device-documents.ts'
import { unspellable } from '#main/host/devices/ascii.ts'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { rasterOf } from '#main/host/devices/printer/logo.ts'
import { DOTS, type PaperWidth } from '#main/host/devices/printer/paper-width.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { type ShownPaper, shownPaper } from '#main/host/devices/printer/shown-paper.ts'

export type PaperPreview =
  /** `warnings`: it can be printed, but not all of it as it is written. */
  { ok: true; paper: ShownPaper; warnings: Problem[] } | { ok: false; problems: Problem[] }

/**
 * `papers` is whatever somebody typed. Places are those of the mall's configuration, papers.slip[3]; those of the document's own
 * texts begin with "document". Throws only on a document that cannot be printed with any template.
 */
export function previewPaper(
  document: SlipDocument | ReceiptDocument,
  width: PaperWidth,
  papers: unknown,
): PaperPreview {
  const draft = draftPapers(papers, width)
  if (!draft.ok) return draft
  const paper = shownPaper(readEscPos(renderDocument(document, width, draft.papers)), width)
  const blocks = draft.papers[document.kind] ?? []
  return {
    ok: true,
    paper,
    warnings: [...textsIn(blocks, ['papers', document.kind]), ...textsIn(written(document), ['document'])].flatMap(
      lostLetters,
    ),
  }
}

/** What somebody typed as templates, when papers can be printed with it; else everything that is wrong with it. */
export function draftPapers(
  papers: unknown,
  width: PaperWidth,
): { ok: true; papers: Papers } | { ok: false; problems: Problem[] } {
  const shape = Papers.safeParse(papers, { reportInput: true })
  if (!shape.success) {
    const issues = shape.error.issues.map((issue) => ({ ...issue, path: ['papers', ...issue.path] }))
    return { ok: false, problems: issues.flatMap(problemsOfIssue) }
  }
  const template = shape.data
  const problems = paperProblems(template)
  if (problems.length === 0 && !unpacks(template.logo, width)) problems.push(logoProblem('LOGO_BROKEN'))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, papers: template }
}

function unpacks(logo: string | undefined, width: PaperWidth): boolean {
  try {
    if (logo !== undefined) rasterOf(logo, DOTS[width])
    return true
  } catch {
    // Whatever the reader stumbles over, there is no picture to print.
    return false
  }
}

/** What is not written for people: the QR codes hold any text. */
function written(document: PrintDocument): object {
  const { kind: _kind, language: _language, timeZone: _timeZone, ...rest } = document
  return { ...rest, qr: null, surveyUrl: null }
}

type Placed = { at: ConfigPath; text: string }

/** Every text inside a value, with its place. */
function textsIn(value: unknown, at: ConfigPath): Placed[] {
  if (typeof value === 'string') return [{ at, text: value }]
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...at, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...at, key]))
}

function lostLetters({ at, text }: Placed): Problem[] {
  const lost = unspellable(text)
  if (lost.length === 0) return []
  return [
    problem(at, 'LETTER_NOT_PRINTABLE', `Pencetak tidak mengenal ${lost.join(' ')}; di kertas huruf ini menjadi "?".`),
  ]
}
