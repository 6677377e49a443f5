/** A labelled field of several lines: words, or in the letters of a machine. */
import type { KeyboardEvent } from 'react'
import classes from '#renderer/ui/field.module.css'
import { Labelled, type LabelProps } from '#renderer/ui/labelled.tsx'

type TextAreaFieldProps = LabelProps & {
  value: string
  rows: number
  onChange: (value: string) => void
  words?: boolean
  autoFocus?: boolean
  onKeyDown?: (event: KeyboardEvent) => void
}

export function TextAreaField({ label, hint, error, value, onChange, words, ...area }: TextAreaFieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(wiring) => (
        <textarea
          autoComplete="off"
          spellCheck={false}
          {...area}
          // A dialog's focus trap looks for this one.
          data-autofocus={area.autoFocus}
          {...wiring}
          className={`${classes.input} ${words ? classes.words : classes.area}`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}
