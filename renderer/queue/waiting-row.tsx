import { VisuallyHidden } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import type { Catalogue, DeskSnapshot } from '#contract/snapshot.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import classes from '#renderer/queue/waiting-list.module.css'
import { WaitingTime } from '#renderer/queue/waiting-time.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { PriorityMark } from '#renderer/ui/priority-mark.tsx'

type WaitingRowProps = {
  row: DeskSnapshot['waiting'][number]
  rowKey: string
  /** Pixels from the top of the list's content. */
  top: number
  position: number
  count: number
  service: Catalogue['services'][number] | undefined
  hasMenu: boolean
  isTabStop: boolean
  isMenuOpen: boolean
  onMenu: () => void
  onFocus: () => void
  onKey: (event: KeyboardEvent) => void
}

export function WaitingRow(props: WaitingRowProps) {
  const { row, rowKey, top, position, count, service, hasMenu, isTabStop, isMenuOpen, onMenu, onFocus, onKey } = props
  const text = useText()
  const mallText = useMallText()
  return (
    <li
      className={classes.row}
      style={{ top }}
      aria-posinset={position}
      aria-setsize={count}
      data-mine={row.mine || undefined}
    >
      <span className={classes.label}>{row.label}</span>
      <span className={classes.about}>
        <span className={classes.service} data-short={row.priority !== null || undefined}>
          {service ? mallText(service.name) : row.serviceId}
        </span>
        {row.priority && <PriorityMark group={row.priority} small />}
        <VisuallyHidden component="span">{text(row.mine ? 'waiting.mine' : 'waiting.shared')}</VisuallyHidden>
      </span>
      <WaitingTime since={row.waitingSince} standardMinutes={service?.standardMinutes ?? null} />
      {hasMenu && (
        <button
          type="button"
          className={classes.menuButton}
          aria-label={text('row.menu', { label: row.label })}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          tabIndex={isTabStop ? 0 : -1}
          data-row={rowKey}
          onClick={onMenu}
          onFocus={onFocus}
          onKeyDown={onKey}
        >
          <Icon name="more" />
        </button>
      )}
    </li>
  )
}
