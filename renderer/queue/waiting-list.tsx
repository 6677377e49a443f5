/** Who waits, in call order. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useWindow } from '#renderer/queue/use-window.ts'
import classes from '#renderer/queue/waiting-list.module.css'
import { WaitingRow } from '#renderer/queue/waiting-row.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'

/** Same as .row in waiting-list.module.css. */
const ROW_HEIGHT = 64

export function WaitingList({ snapshot }: { snapshot: DeskSnapshot }) {
  const text = useText()
  const { waiting, connection } = snapshot
  const catalogue = useCatalogue()
  const { ref, first, last } = useWindow(waiting.length, ROW_HEIGHT)
  const mine = waiting.filter((row) => row.mine).length
  return (
    <section className={classes.queue} aria-label={text('waiting.title')}>
      <header className={classes.head}>
        <h2 className={classes.title}>{text('waiting.title')}</h2>
        <span className={classes.count}>{waiting.length}</span>
        {waiting.length > 0 && (
          <p className={classes.split}>
            {text(connection.state === 'online' ? 'waiting.split' : 'waiting.splitOffline', {
              mine,
              shared: waiting.length - mine,
            })}
          </p>
        )}
      </header>
      {waiting.length === 0 ? (
        <p className={classes.empty}>{text('waiting.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        <ul ref={ref} className={classes.list} tabIndex={0} aria-label={text('waiting.title')}>
          <li aria-hidden="true" style={{ height: first * ROW_HEIGHT }} />
          {waiting.slice(first, last).map((row, index) => (
            <WaitingRow
              key={`${row.visitId}/${row.entryNo}`}
              row={row}
              position={first + index + 1}
              count={waiting.length}
              service={catalogue?.services.find(({ id }) => id === row.serviceId)}
            />
          ))}
          <li aria-hidden="true" style={{ height: (waiting.length - last) * ROW_HEIGHT }} />
        </ul>
      )}
    </section>
  )
}
