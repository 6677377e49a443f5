/** One print as it lies on the counter: monospaced lines in the printer's own sizes. */
import { type CSSProperties, Fragment } from 'react'
import type { PaperView } from '#contract/snapshot.ts'
import { useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/panel/device-panel.module.css'
import { PaperImage } from '#renderer/panel/paper-image.tsx'

type Line = PaperView['lines'][number]

export function Paper({ paper, label }: { paper: PaperView; label: string }) {
  const text = useText()
  const { columns } = paper
  return (
    <article className={classes.paper} aria-label={label}>
      <div className={classes.lines}>
        <div className={classes.sized} style={{ '--columns': columns } as CSSProperties}>
          {paper.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a printed line never moves, and two may read the same
            <Fragment key={index}>
              {paper.images.map((image, place) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                image.beforeLine === index ? <PaperImage key={place} image={image} columns={columns} /> : null,
              )}
              <p className={classes.line} style={lineStyle(line)}>
                {line.text || ' '}
              </p>
            </Fragment>
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

/** Printers stretch a character in whole multiples, width and height apart. */
function lineStyle({ align, bold, width, height }: Line): CSSProperties {
  return {
    textAlign: align,
    fontWeight: bold ? 700 : 400,
    fontSize: `${height}em`,
    ...(width !== height && { transform: `scaleX(${width / height})`, transformOrigin: align }),
  }
}
