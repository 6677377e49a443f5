/** Who waits, in call order. */
import { useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { type NamedAct, RowMenu } from '#renderer/queue/row-menu.tsx'
import { useRowFocus } from '#renderer/queue/use-row-focus.ts'
import { useWindow } from '#renderer/queue/use-window.ts'
import classes from '#renderer/queue/waiting-list.module.css'
import { WaitingRow } from '#renderer/queue/waiting-row.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'

type Row = DeskSnapshot['waiting'][number]
type WaitingListProps = { snapshot: DeskSnapshot; actsOf: (row: Row) => readonly NamedAct[] }

/** Same as .row in waiting-list.module.css. */
const ROW_HEIGHT = 64

export function WaitingList({ snapshot, actsOf }: WaitingListProps) {
  const text = useText()
  const { waiting, connection } = snapshot
  const catalogue = useCatalogue()
  const { ref, first, last } = useWindow(waiting.length, ROW_HEIGHT)
  const focus = useRowFocus(ref, waiting.map(keyOf))
  const [menuKey, setMenuKey] = useState<string | null>(null)
  if (waiting.length === 0) return <p className={classes.empty}>{text('waiting.empty')}</p>

  const mine = waiting.filter((row) => row.mine).length
  const menuAt = menuKey === null ? -1 : waiting.findIndex((row) => keyOf(row) === menuKey)
  const menuRow = waiting[menuAt]
  const drawn = waiting.slice(first, last).map((_row, index) => first + index)
  // The row with the focus stays, wherever the list was scrolled to.
  const indexes = focus.active < 0 || drawn.includes(focus.active) ? drawn : [...drawn, focus.active]
  const tabStop = focus.active < 0 ? first : focus.active
  return (
    <>
      <p className={classes.split}>
        {text(connection.state === 'online' ? 'waiting.split' : 'waiting.splitOffline', {
          mine,
          shared: waiting.length - mine,
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ul ref={ref} className={classes.list} tabIndex={0} aria-label={text('waiting.title')} {...focus.list}>
        <li aria-hidden="true" style={{ height: waiting.length * ROW_HEIGHT }} />
        {indexes.map((index) => {
          const row = waiting[index]
          if (!row) return null
          const key = keyOf(row)
          return (
            <WaitingRow
              key={key}
              rowKey={key}
              row={row}
              top={index * ROW_HEIGHT}
              position={index + 1}
              count={waiting.length}
              service={catalogue?.services.find(({ id }) => id === row.serviceId)}
              hasMenu={actsOf(row).length > 0}
              isTabStop={index === tabStop}
              isMenuOpen={menuKey === key}
              onMenu={() => setMenuKey(key)}
              onFocus={() => focus.setActive(key)}
              onKey={focus.onKey}
            />
          )
        })}
        {menuRow && (
          <li role="presentation">
            <RowMenu
              label={text('row.menu', { label: menuRow.label })}
              acts={actsOf(menuRow)}
              top={(menuAt + 1) * ROW_HEIGHT - 8}
              className={classes.menuPlace}
              onClose={() => setMenuKey(null)}
            />
          </li>
        )}
      </ul>
    </>
  )
}

function keyOf({ visitId, entryNo }: Row): string {
  return `${visitId}/${entryNo}`
}
