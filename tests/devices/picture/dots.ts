/** Paper of any length as black and white dots. */
import { PNG } from 'pngjs'

/** White beside the printable dots, as on the roll. */
const MARGIN = 16

export type Dots = {
  black(x: number, y: number): void
  /** Makes the paper so long, at least. */
  feedTo(y: number): void
  png(): PNG
}

/** Throws when a dot is beside the printable width. */
export function createDots(width: number): Dots {
  const rows: Uint8Array[] = []

  function feedTo(y: number): void {
    while (rows.length < y) rows.push(new Uint8Array(width))
  }

  return {
    feedTo,
    black(x, y) {
      if (x < 0 || x >= width) throw new Error(`dot ${x} runs over the edge of ${width}`)
      feedTo(y + 1)
      const row = rows[y]
      if (row) row[x] = 1
    },
    png() {
      const png = new PNG({ width: width + 2 * MARGIN, height: rows.length + 2 * MARGIN })
      png.data.fill(0xff)
      for (const [y, row] of rows.entries()) {
        for (const [x, dot] of row.entries()) {
          if (dot === 1)
            png.data.fill(
              0,
              ((y + MARGIN) * png.width + x + MARGIN) * 4,
              ((y + MARGIN) * png.width + x + MARGIN) * 4 + 3,
            )
        }
      }
      return png
    },
  }
}
