/** A control with its label above it and a line below it that helps or says what is wrong. */
import { type ReactNode, useId } from 'react'
import classes from '#renderer/ui/field.module.css'

export type LabelProps = {
  label: ReactNode
  hint?: string | undefined
  /** What is wrong with the value. */
  error?: string | undefined
}

/** What the control itself must carry. */
export type Wiring = { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }

export function Labelled({ label, hint, error, children }: LabelProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      {children({ id, 'aria-invalid': error !== undefined, 'aria-describedby': note ? `${id}-note` : undefined })}
      {note && (
        <p id={`${id}-note`} className={classes.note} data-error={error ? true : undefined}>
          {note}
        </p>
      )}
    </div>
  )
}
