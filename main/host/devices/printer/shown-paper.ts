/** Paper as a screen shows it: plain data, in the shape of the contract's device panel. */
import type { PanelSnapshot } from '#contract/snapshot.ts'
import type { Paper } from '#main/host/devices/printer/escpos-reader.ts'
import { COLUMNS, type PaperWidth } from '#main/host/devices/printer/paper-width.ts'

export type ShownPaper = Omit<PanelSnapshot['prints'][number], 'id' | 'at'>

export function shownPaper({ items, lines, qr }: Paper, width: PaperWidth): ShownPaper {
  let beforeLine = 0
  const images: ShownPaper['images'] = []
  for (const item of items) {
    if (item.kind === 'line') beforeLine += 1
    if (item.kind !== 'image') continue
    const { bits, ...image } = item.image
    images.push({ ...image, bits: Buffer.from(bits).toString('base64'), beforeLine })
  }
  return { columns: COLUMNS[width], lines, qr, images }
}
