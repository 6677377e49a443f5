/** A paper from its blocks: the parts that the caller knows, and what a mall may put between them. */
import type { Papers, TextBlock } from '#contract/papers.ts'
import type { PrintDocument } from '#main/host/device-documents.ts'
import { rasterOf } from '#main/host/devices/printer/logo.ts'
import { DOTS, type PaperWidth } from '#main/host/devices/printer/paper-width.ts'
import { createSheet, type Sheet } from '#main/host/devices/printer/sheet.ts'
import { createTexts, type Texts } from '#main/host/devices/printer/texts.ts'

/** Writes one part. One that has nothing to say on this document writes nothing. */
export type Part<D> = (sheet: Sheet, document: D, texts: Texts) => void

type Block<P extends string> = { kind: P | 'line' | 'space' | 'logo' } | TextBlock

/** That it is a try or a copy always stands first, whatever the mall's blocks are. */
export function printBlocks<D extends PrintDocument, P extends string>(
  document: D,
  width: PaperWidth,
  blocks: readonly Block<P>[],
  parts: Readonly<Record<P, Part<D>>>,
  logo: Papers['logo'],
): Uint8Array {
  const texts = createTexts(document.language, document.timeZone)
  const sheet = createSheet(width)
  if (document.trial) sheet.huge(texts.text('trial'))
  if (document.copy) sheet.centered(texts.text('copy'), { bold: true })
  for (const block of blocks) {
    switch (block.kind) {
      case 'line':
        sheet.rule()
        break
      case 'space':
        sheet.blank()
        break
      case 'logo':
        if (logo !== undefined) sheet.picture(rasterOf(logo, DOTS[width]))
        break
      case 'text':
        words(sheet, block as TextBlock, document.language)
        break
      default:
        parts[block.kind as P](sheet, document, texts)
    }
  }
  return sheet.finish()
}

function words(sheet: Sheet, { text, align = 'left', bold = false, large = false }: TextBlock, language: 'id' | 'en') {
  sheet.words(language === 'en' ? (text.en ?? text.id) : text.id, { align, bold, large })
}
