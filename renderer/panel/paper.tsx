/** One print as it lies on the counter: monospaced lines in the printer's own sizes. */
import type { CSSProperties } from 'react'
import type { PaperView } from '#contract/snapshot.ts'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/panel/device-panel.module.css'

type Line = PaperView['lines'][number]

export function Paper({ paper, label }: { paper: PaperView; label: string }) {
  const text = useText()
  return (
    <article className={classes.paper} aria-label={label}>
      <div className={classes.lines}>
        <div className={classes.sized} style={{ '--columns': columnsOf(paper.lines) } as CSSProperties}>
          {paper.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a printed line never moves, and two may read the same
            <p key={index} className={classes.line} style={lineStyle(line)}>
              {line.text || ' '}
            </p>
          ))}
        </div>
      </div>
      {paper.qr.map((content) => (
        <p key={content} className={classes.qr}>
          <span className={classes.qrTitle}>{text('panel.qr')}</span>
          {content}
        </p>
      ))}
    </article>
  )
}

/** The narrowest paper in use has 32 columns. */
function columnsOf(lines: readonly Line[]): number {
  return Math.max(32, ...lines.map(({ text, width }) => text.length * width))
}

/** Printers stretch a character in whole multiples, width and height apart. */
function lineStyle({ align, bold, width, height }: Line): CSSProperties {
  return {
    textAlign: align,
    fontWeight: bold ? 700 : 400,
    fontSize: `${height}em`,
    ...(width !== height && { transform: `scaleX(${width / height})`, transformOrigin: align }),
  }
}
