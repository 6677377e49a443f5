/** A picture on paper, dot by dot, in its size beside the text. */
import { useCallback } from 'react'
import type { PanelSnapshot } from '#contract/snapshot.ts'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/panel/device-panel.module.css'

type Image = PanelSnapshot['prints'][number]['images'][number]

/** A character of a printer is twelve dots wide. */
const DOTS_PER_COLUMN = 12

export function PaperImage({ image, columns }: { image: Image; columns: number }) {
  const text = useText()
  const { width, height, align } = image
  const paint = useCallback((canvas: HTMLCanvasElement | null) => draw(canvas, image), [image])
  return (
    <div className={classes.image} style={{ textAlign: align }}>
      <canvas
        ref={paint}
        role="img"
        aria-label={text('panel.image')}
        width={width}
        height={height}
        style={{ width: `${(100 * width) / (columns * DOTS_PER_COLUMN)}%` }}
      />
    </div>
  )
}

/** Black dots on nothing: the paper shows through. */
function draw(canvas: HTMLCanvasElement | null, { width, height, bits }: Image): void {
  const context = canvas?.getContext('2d')
  if (!context) return
  const bytes = Uint8Array.from(atob(bits), (char) => char.charCodeAt(0))
  const picture = context.createImageData(width, height)
  for (let dot = 0; dot < width * height; dot += 1) {
    const isBlack = ((bytes[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) !== 0
    picture.data[dot * 4 + 3] = isBlack ? 255 : 0
  }
  context.putImageData(picture, 0, 0)
}
