/** What goes over the lines of the displays right now, as bytes. */
import { useLayoutEffect, useRef, useState } from 'react'
import type { TrafficLine } from '#contract/methods/devices.ts'
import classes from '#renderer/devices/traffic.module.css'
import { usePolling } from '#renderer/devices/use-polling.ts'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClient } from '#renderer/state/context.tsx'

const EVERY_MS = 500
const KEPT_LINES = 200
const CLOSE_TO_END_PX = 24

export function Traffic() {
  const text = useText()
  const { exactTime } = useMallTime()
  const lines = useTraffic()
  const box = useRef<HTMLElement>(null)
  /** Whoever scrolled up to read is not pulled down again. */
  const isAtEnd = useRef(true)
  const newest = lines.at(-1)?.n
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line brings the end into view
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight
  }, [newest])
  return (
    <section
      ref={box}
      className={classes.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={text('traffic.title')}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < CLOSE_TO_END_PX
      }}
    >
      {lines.length === 0 && <p className={classes.none}>{text('traffic.none')}</p>}
      {lines.map(({ n, at, where, direction, hex }) => (
        <p key={n} className={classes.line} data-direction={direction}>
          <span className={classes.meta}>
            {exactTime(at)} {where} {text(`traffic.${direction}`)}
          </span>
          <code>{hex}</code>
        </p>
      ))}
    </section>
  )
}

function useTraffic(): readonly TrafficLine[] {
  const client = useClient()
  const [lines, setLines] = useState<readonly TrafficLine[]>([])
  const after = useRef(0)
  usePolling(async () => {
    const answer = await client.invoke('devices.traffic', { after: after.current })
    // A host that began anew counts from one again.
    if (!answer.ok) after.current = 0
    else if (answer.data.lines.length > 0) {
      const { lines: added } = answer.data
      after.current = added.at(-1)?.n ?? after.current
      setLines((before) => [...before.filter(({ n }) => n < (added[0]?.n ?? 0)), ...added].slice(-KEPT_LINES))
    }
  }, EVERY_MS)
  return lines
}
