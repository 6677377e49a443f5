/** Text in red dots, as the display above a counter shows it. */
import classes from '#renderer/panel/device-panel.module.css'
import { glyphOf } from '#renderer/panel/dot-font.ts'

const PITCH = 10
const COLUMNS = 6
const ROWS = 7

export function DotMatrix({ text }: { text: string }) {
  const lines = text.split('\n')
  const width = Math.max(4, ...lines.map((line) => line.length)) * COLUMNS * PITCH
  const height = lines.length * (ROWS + 1) * PITCH
  return (
    <svg className={classes.dots} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
      {lines.flatMap((line, y) =>
        [...line].map(
          (character, x) =>
            character !== ' ' && (
              // biome-ignore lint/suspicious/noArrayIndexKey: a place on the display is its identity
              <Glyph key={`${x}/${y}`} character={character} x={x * COLUMNS * PITCH} y={y * (ROWS + 1) * PITCH} />
            ),
        ),
      )}
    </svg>
  )
}

function Glyph({ character, x, y }: { character: string; x: number; y: number }) {
  const dots = glyphOf(character).flatMap((row, rowIndex) =>
    [...row].map((dot, column) => ({
      lit: dot === '#',
      cx: x + column * PITCH + PITCH / 2,
      cy: y + rowIndex * PITCH + PITCH / 2,
    })),
  )
  return dots
    .filter(({ lit }) => lit)
    .map(({ cx, cy }) => <circle key={`${cx}/${cy}`} cx={cx} cy={cy} r={PITCH * 0.46} />)
}
