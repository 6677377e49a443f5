/** One device to choose, with what is known of it. */
import type { ReactNode } from 'react'
import classes from '#renderer/devices/device-row.module.css'

export type RowMark = { words: string; tone: 'good' | 'near' | 'plain' }

type DeviceRowProps = {
  /** The same for all rows of one choice. */
  group: string
  title: string
  words?: string
  mark?: RowMark | undefined
  checked: boolean
  /** It is there and cannot be chosen; the words say why. */
  disabled?: boolean
  onChoose: () => void
  children?: ReactNode
}

export function DeviceRow({ group, title, words, mark, checked, disabled, onChoose, children }: DeviceRowProps) {
  return (
    <label className={classes.row}>
      <input type="radio" name={group} checked={checked} disabled={disabled} onChange={onChoose} />
      <span className={classes.device}>
        <span className={classes.name}>{title}</span>
        {mark && (
          <span className={classes.mark} data-tone={mark.tone}>
            {mark.words}
          </span>
        )}
        {words && <span className={classes.words}>{words}</span>}
        {children}
      </span>
    </label>
  )
}
