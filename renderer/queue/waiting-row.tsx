import { VisuallyHidden } from '@mantine/core'
import type { Catalogue, DeskSnapshot } from '#contract/snapshot.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/queue/waiting-list.module.css'
import { WaitingTime } from '#renderer/queue/waiting-time.tsx'
import { PriorityMark } from '#renderer/ui/priority-mark.tsx'

type WaitingRowProps = {
  row: DeskSnapshot['waiting'][number]
  position: number
  count: number
  service: Catalogue['services'][number] | undefined
}

export function WaitingRow({ row, position, count, service }: WaitingRowProps) {
  const text = useText()
  const mallText = useMallText()
  const serviceName = service ? mallText(service.name) : row.serviceId
  return (
    <li className={classes.row} aria-posinset={position} aria-setsize={count} data-mine={row.mine || undefined}>
      <span className={classes.label}>{row.label}</span>
      <span className={classes.about}>
        <span className={classes.service} data-short={row.priority !== null || undefined} title={serviceName}>
          {serviceName}
        </span>
        {row.priority && <PriorityMark group={row.priority} small />}
        <VisuallyHidden component="span">{text(row.mine ? 'waiting.mine' : 'waiting.shared')}</VisuallyHidden>
      </span>
      <WaitingTime since={row.waitingSince} standardMinutes={service?.standardMinutes ?? null} />
    </li>
  )
}
