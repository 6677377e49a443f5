/** How wide paper is, and what fits on a line. Apart from sheet.ts, whose builder is loaded when something is printed. */

export type PaperWidth = 58 | 80

/** Font A is 12 dots wide; 58 mm paper has 384 printable dots, 80 mm has 576. */
export const COLUMNS = { 58: 32, 80: 48 } as const satisfies Record<PaperWidth, number>
export const DOTS: Record<PaperWidth, number> = { 58: 384, 80: 576 }

/** Breaks at spaces; a word longer than the line is broken anywhere. A text of nothing is one empty line. */
export function fold(text: string, columns: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`
    if (joined.length <= columns) {
      current = joined
      continue
    }
    if (current !== '') lines.push(current)
    current = word
    while (current.length > columns) {
      lines.push(current.slice(0, columns))
      current = current.slice(columns)
    }
  }
  return [...lines, current]
}
