/** What this counter set aside: who is on hold and why, then the absent. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/queue/aside-list.module.css'
import type { NamedAct } from '#renderer/queue/row-menu.tsx'
import { WaitingTime } from '#renderer/queue/waiting-time.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { PriorityMark } from '#renderer/ui/priority-mark.tsx'

type Row = DeskSnapshot['aside'][number]
type AsideListProps = { rows: readonly Row[]; actsOf: (row: Row) => readonly NamedAct[] }

export function AsideList({ rows, actsOf }: AsideListProps) {
  const text = useText()
  if (rows.length === 0) return <p className={classes.empty}>{text('aside.empty')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <ul className={classes.list} tabIndex={0} aria-label={text('aside.title')}>
      {rows.map((row) => (
        <AsideRow key={`${row.visitId}/${row.entryNo}`} row={row} acts={actsOf(row)} />
      ))}
    </ul>
  )
}

function AsideRow({ row, acts }: { row: Row; acts: readonly NamedAct[] }) {
  const text = useText()
  const mallText = useMallText()
  const service = useCatalogue()?.services.find(({ id }) => id === row.serviceId)
  return (
    <li className={classes.row} data-status={row.status}>
      <div className={classes.head}>
        <span className={classes.label}>{row.label}</span>
        <span className={classes.why}>
          {row.reason ? text(`holdReason.${row.reason}`) : text('aside.absent', { calls: row.calls })}
        </span>
        <WaitingTime since={row.since} standardMinutes={null} />
      </div>
      <p className={classes.service}>{service ? mallText(service.name) : row.serviceId}</p>
      {row.priority && <PriorityMark group={row.priority} small />}
      {acts.length > 0 && (
        <div className={classes.acts}>
          {acts.map(({ name, icon, run }) => (
            <Button key={name} size="small" icon={icon} aria-label={`${name} ${row.label}`} onClick={run}>
              {name}
            </Button>
          ))}
        </div>
      )}
    </li>
  )
}
