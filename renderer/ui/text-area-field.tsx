/** A labelled field of several lines, in the letters of a machine. */
import classes from '#renderer/ui/field.module.css'
import { Labelled, type LabelProps } from '#renderer/ui/labelled.tsx'

type TextAreaFieldProps = LabelProps & { value: string; rows: number; onChange: (value: string) => void }

export function TextAreaField({ label, value, rows, onChange, hint, error }: TextAreaFieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(wiring) => (
        <textarea
          autoComplete="off"
          spellCheck={false}
          {...wiring}
          rows={rows}
          className={`${classes.input} ${classes.area}`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}
