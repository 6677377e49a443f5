/** A labelled text field. */
import { type InputHTMLAttributes, type Ref, useId } from 'react'
import classes from '#renderer/ui/field.module.css'
import { Icon, type IconName } from '#renderer/ui/icons.tsx'

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'id' | 'className'> & {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string | undefined
  /** What is wrong with the value. */
  error?: string | undefined
  icon?: IconName
  ref?: Ref<HTMLInputElement>
}

export function Field({ label, value, onChange, hint, error, icon, ...input }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <div className={classes.box} data-icon={icon ? true : undefined}>
        {icon && <Icon name={icon} />}
        <input
          autoComplete="off"
          spellCheck={false}
          {...input}
          // A dialog's focus trap looks for this one.
          data-autofocus={input.autoFocus}
          id={id}
          className={classes.input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== undefined}
          aria-describedby={note ? `${id}-note` : undefined}
        />
      </div>
      {note && (
        <p id={`${id}-note`} className={classes.note} data-error={error ? true : undefined}>
          {note}
        </p>
      )}
    </div>
  )
}
