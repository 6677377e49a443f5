/** A labelled text field. */
import type { InputHTMLAttributes, Ref } from 'react'
import classes from '#renderer/ui/field.module.css'
import { Icon, type IconName } from '#renderer/ui/icons.tsx'
import { Labelled, type LabelProps } from '#renderer/ui/labelled.tsx'

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'id' | 'className'> &
  LabelProps & {
    value: string
    onChange: (value: string) => void
    icon?: IconName
    ref?: Ref<HTMLInputElement>
  }

export function Field({ label, value, onChange, hint, error, icon, ...input }: FieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className={classes.box} data-icon={icon ? true : undefined}>
          {icon && <Icon name={icon} />}
          <input
            autoComplete="off"
            spellCheck={false}
            {...input}
            // A dialog's focus trap looks for this one.
            data-autofocus={input.autoFocus}
            {...wiring}
            className={classes.input}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </Labelled>
  )
}
